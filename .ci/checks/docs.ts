import { posix } from 'node:path'
import type { Check } from './check.ts'
import { listFiles, readText } from './files.ts'
import { lineOf } from './mask.ts'

interface Link {
  readonly target: string
  readonly line: number
}

const INLINE_LINK = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^()\s<>]+)>?(?:\s+"[^"]*")?\s*\)/g
const REFERENCE = /^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i

/** Holds that links between documents lead somewhere, and that every setting and error code is written down. */
export const checkDocs: Check = (root) => {
  const paths = new Set(listFiles(root))
  const documents = [...paths].filter((path) => path.endsWith('.md'))
  return [
    ...documents.flatMap((path) => findBrokenLinks(root, paths, path)),
    ...findUnnamed(root, {
      source: 'collector/src/config/env.ts',
      name: /^ {2}(MCTRACK_[A-Z0-9_]+): \{/gm,
      document: 'docs/operations.md',
      what: 'setting',
    }),
    ...findUnnamed(root, {
      source: 'sdk/src/protocol/errors.ts',
      name: /^ {2}([A-Z][A-Z0-9_]+): \{/gm,
      document: 'sdk/PROTOCOL.md',
      what: 'error code',
    }),
  ]
}

function findBrokenLinks(root: string, paths: ReadonlySet<string>, document: string): readonly string[] {
  const text = readText(root, document) ?? ''
  return linksOf(text).flatMap(({ target, line }) => {
    if (ELSEWHERE.test(target)) return []
    // An address of the built site, which its own tests follow.
    if (target.startsWith('/') && document.startsWith('site/src/docs/')) return []
    const [path = '', anchor] = target.replaceAll('%20', ' ').split('#', 2)
    const file = path === '' ? document : posix.join(posix.dirname(document), path).replace(/\/$/, '')
    const place = `${document}:${line} links to ${target}`
    if (!exists(paths, file)) return [`${place}, but there is no ${file}.`]
    if (anchor === undefined || anchor === '' || !file.endsWith('.md')) return []
    return anchorsOf(readText(root, file) ?? '').has(anchor) ? [] : [`${place}, but ${file} has no heading #${anchor}.`]
  })
}

function exists(paths: ReadonlySet<string>, file: string): boolean {
  if (paths.has(file) || file === '.') return true
  for (const path of paths) if (path.startsWith(`${file}/`)) return true
  return false
}

function linksOf(text: string): readonly Link[] {
  const prose = withoutCode(text)
  return [INLINE_LINK, REFERENCE].flatMap((pattern) =>
    Array.from(prose.matchAll(pattern), ({ 1: target = '', index }) => ({ target, line: lineOf(prose, index) })),
  )
}

/** Code is shown, not followed. Lines stay where they are. */
function withoutCode(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ')
  return text
    .replace(/^( {0,3})(`{3,}|~{3,}).*\n[\s\S]*?^ {0,3}\2[`~]*\s*$/gm, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, blank)
}

/** Anchors of a document's headings, made as GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  const fenced = text.replace(/^( {0,3})(`{3,}|~{3,}).*\n[\s\S]*?^ {0,3}\2[`~]*\s*$/gm, '')
  for (const { 1: heading = '' } of fenced.matchAll(/^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
    const slug = heading
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    let anchor = slug
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`
    anchors.add(anchor)
  }
  for (const { 1: id = '' } of fenced.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}

interface Naming {
  readonly source: string
  readonly name: RegExp
  readonly document: string
  readonly what: string
}

/** Names in the source that the document does not have; a document that is not written yet says nothing wrong. */
function findUnnamed(root: string, { source, name, document, what }: Naming): readonly string[] {
  const text = readText(root, document)
  if (text === undefined) return []
  const names = Array.from((readText(root, source) ?? '').matchAll(name), ({ 1: found = '' }) => found)
  if (names.length === 0)
    return [`No ${what} was found in ${source}: this check does not understand the file any more.`]
  const written = new Set(text.match(/[A-Z][A-Z0-9_]+/g))
  return names.filter((found) => !written.has(found)).map((found) => `${document} does not name the ${what} ${found}.`)
}
