import { renderDocs } from './render-docs.ts'

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
      return `export const pages = ${JSON.stringify(await renderDocs(repository))}`
    },
  }
}
