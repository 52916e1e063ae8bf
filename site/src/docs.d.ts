/** Made by `build/docs/docs-pages.ts`. */
declare module 'mctrack:docs' {
  export const pages: readonly import('../build/docs/document.ts').DocsPage[]
}
