import { posix } from 'node:path'

/** What a page needs beyond what Markdown gives. */
export interface FinishOptions {
  /** Path in the repository of what was rendered, for its relative links; undefined when it has none. */
  readonly source: string | undefined
  /** Addresses of the pages, by the repository's path of what they show. */
  readonly urlBySource: ReadonlyMap<string, string>
}

/** Shorter code is not broken at its hyphens. */
const WHOLE_CODE_CHARS_MAX = 24

/**
 * Makes rendered Markdown fit for a page of the site: links between the repository's documents become links between
 * pages, headings can be linked to, and what is wide scrolls by itself, by keyboard too.
 */
export function finishHtml(html: string, options: FinishOptions): string {
  return linkHeadings(rewriteLinks(html, options))
    .replace(/<table>[\s\S]*?<\/table>/g, finishTable)
    .replace(/<pre\b(?![^>]*tabindex)/g, '<pre tabindex="0" data-copy-code')
    .replace(/<code>([^<]*)<\/code>/g, (code, text: string) =>
      text.length <= WHOLE_CODE_CHARS_MAX ? `<code class="doc-whole">${text}</code>` : code,
    )
}

/** On a phone each row stands as a block, so every cell knows the heading of its column. */
function finishTable(table: string): string {
  const labels = Array.from(table.matchAll(/<th[^>]*>([\s\S]*?)<\/th>/g), ([, text = '']) =>
    text
      .replace(/<[^>]+>/g, '')
      .replaceAll('"', '&quot;')
      .trim(),
  )
  const rows = table
    .replace(/ style="text-align: ?(left|center|right);?"/g, ' class="doc-$1"')
    .replace(/<tr>([\s\S]*?)<\/tr>/g, (row: string) => {
      let column = -1
      return row.replace(/<td([^>]*)>/g, (_, attributes: string) => {
        column += 1
        const label = labels[column] ?? ''
        return column === 0 || label === '' ? `<td${attributes}>` : `<td${attributes} data-label="${label}">`
      })
    })
  const named = rows.replace(/<th([^>]*)>\s*<\/th>/g, '<td$1></td>')
  return `<div class="doc-table" tabindex="0" role="group" aria-label="Table">${named}</div>`
}

function linkHeadings(html: string): string {
  return html.replace(/<h([234]) id="([^"]+)">([\s\S]*?)<\/h\1>/g, (_, depth: string, id: string, text: string) => {
    const name = text.replace(/<[^>]+>/g, '').replaceAll('"', '&quot;')
    return `<h${depth} id="${id}">${text}<a class="doc-anchor" href="#${id}" aria-label="Link to: ${name}">#</a></h${depth}>`
  })
}

/** A link to a file that no page shows is only its words: an installation has no source to show. */
function rewriteLinks(html: string, { source, urlBySource }: FinishOptions): string {
  return html.replace(/<a href="([^"]*)">([\s\S]*?)<\/a>/g, (link: string, href: string, text: string) => {
    if (/^(?:#|\/(?!\/))/.test(href)) return link
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return `<a href="${href}" rel="noreferrer">${text}</a>`
    const [path = '', anchor] = href.split('#', 2)
    const target = source === undefined ? path : posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, '')
    const url = urlBySource.get(target)
    if (url === undefined) return `<span class="doc-file">${text}</span>`
    return `<a href="${url}${anchor === undefined ? '' : `#${anchor}`}">${text}</a>`
  })
}
