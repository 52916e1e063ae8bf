/** A document before it is a page: Markdown, with where it stands in the documentation. */
export interface Document {
  /** Below `/docs/`, without slashes at its ends; empty for the first page. */
  readonly slug: string
  readonly group: DocumentGroup
  /** The page's heading. */
  readonly title: string
  /** What the navigation calls it, where the title is too long for that. */
  readonly shortTitle?: string
  /** One sentence: for the page's head and for lists. */
  readonly description: string
  /** Without its first heading, which is the title. */
  readonly markdown: string
  /** Path in the repository, from its root; undefined for what is generated. */
  readonly source?: string
  /** Below another page in the navigation, and left out of previous and next. */
  readonly parent?: string
}

/** The parts of the documentation, in the order of the navigation. */
export const DOCUMENT_GROUPS = ['Start', 'Report to it', 'Use it', 'Run it', 'Look it up'] as const
export type DocumentGroup = (typeof DOCUMENT_GROUPS)[number]

/** A heading of a page, which can be linked to. */
export interface PageHeading {
  readonly depth: number
  readonly slug: string
  readonly text: string
}

/** A document as a page shows it. */
export interface DocsPage extends Omit<Document, 'markdown'> {
  readonly html: string
  readonly headings: readonly PageHeading[]
}
