import type { DocsPage } from './document.ts'
import { runPrinter } from './run-printer.ts'

const NAME = 'mctrack:docs'

/** What of Vite's plugins is used. */
interface DocsPlugin {
  readonly name: string
  configResolved(config: { readonly command: string }): void
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
  let printed: Promise<readonly DocsPage[]> | undefined
  const print = (): Promise<readonly DocsPage[]> =>
    runPrinter(new URL('print-docs.ts', import.meta.url), repository.href)

  return {
    name: 'mctrack:docs-pages',
    configResolved({ command }) {
      if (command !== 'build' || printed !== undefined) return
      // Begun before the pages ask for it, so that it is made while everything else is bundled.
      printed = print()
      printed.catch(() => undefined)
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    async load(id) {
      if (id !== `\0${NAME}`) return undefined
      const pages = await (printed ?? print())
      return `export const pages = ${JSON.stringify(pages)}`
    },
  }
}
