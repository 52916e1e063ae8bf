/** The address of a page of the documentation. */
export function docsUrl(slug: string): string {
  return slug === '' ? '/docs/' : `/docs/${slug}/`
}
