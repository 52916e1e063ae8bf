import type { DocsPage } from './document.ts'
import { runPrinter } from './run-printer.ts'

const NAME = 'mctrack:docs'

/** What of Vite's plugins is used. */
interface DocsPlugin {
  readonly name: string
  resolveId(id: string): string | undefined
  load(id: string): Promise<string | undefined>
}

/**
 * Lets `import { pages } from 'mctrack:docs'` give the pages of the documentation, made while the site is built from the
 * repository's documents, the types of the SDK, the commands and the OpenAPI document.
 *
 * @param repository where all of these are: the root of a checkout
 */
export function docsPages(repository: URL): DocsPlugin {
  return {
    name: 'mctrack:docs-pages',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    async load(id) {
      if (id !== `\0${NAME}`) return undefined
      const pages = await runPrinter<readonly DocsPage[]>(new URL('print-docs.ts', import.meta.url), repository.href)
      return `export const pages = ${JSON.stringify(pages)}`
    },
  }
}
