import { createSatteriMarkdownProcessor } from '@astrojs/markdown-satteri'
import { docsUrl } from '../../src/features/docs/docs-url.ts'
import type { DocsPage, Document } from './document.ts'
import { finishHtml } from './finish-html.ts'
import { loadDocuments } from './load-documents.ts'

/** Loads and renders all pages of the documentation, in the order of the navigation. */
export async function renderDocs(repository: URL): Promise<readonly DocsPage[]> {
  const documents = await loadDocuments(repository)
  const urlBySource = new Map(
    documents.flatMap(({ source, slug }) => (source === undefined ? [] : [[source, docsUrl(slug)] as const])),
  )
  // Classes instead of inline colours, which the content security policy refuses.
  const processor = await createSatteriMarkdownProcessor({
    syntaxHighlight: { type: 'prism', excludeLangs: ['plaintext', 'text', 'hex'] },
    gfm: true,
    smartypants: false,
  })
  return Promise.all(documents.map(render))

  async function render({ markdown, ...document }: Document): Promise<DocsPage> {
    const { code, metadata } = await processor.render(markdown)
    return {
      ...document,
      html: finishHtml(code, { source: document.source, urlBySource }),
      headings: metadata.headings.map(({ depth, slug, text }) => ({ depth, slug, text })),
    }
  }
}
