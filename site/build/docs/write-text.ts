/** Text that stands in a table of Markdown as it is. */
export function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim()
}

/** Text in which `<` begins no mark-up. Code between backticks is left alone: Markdown escapes it by itself. */
export function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')))
    .join('')
}

/** Code in a table of Markdown. */
export function codeCell(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``
}

/** A table of Markdown; nothing without rows. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Parts with an empty line between them; empty ones are left out. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
