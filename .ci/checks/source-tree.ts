import { isTest, listFiles, readText } from './files.ts'
import { type ImportKind, parseImports, resolveRelative } from './imports.ts'

/** One import of one of our source files. */
export interface Arrow {
  readonly file: string
  readonly line: number
  readonly specifier: string
  readonly kind: ImportKind
  /** The file of ours that a relative import names; undefined for a package. */
  readonly target: string | undefined
  readonly isTest: boolean
}

const PACKAGES = ['sdk', 'collector', 'cli', 'site'] as const
const CODE = /\.(?:[cm]?tsx?|[cm]?jsx?|astro)$/

/** Every import in the source, build and test folders of our packages. */
export function readArrows(root: string): readonly Arrow[] {
  return PACKAGES.flatMap((name) => filesOf(root, name)).flatMap((file) => {
    const test = isTest(file)
    return parseImports(codeOf(file, readText(root, file) ?? '')).map(({ specifier, kind, line }) => ({
      file,
      line,
      specifier,
      kind,
      target: resolveRelative(file, specifier),
      isTest: test,
    }))
  })
}

function filesOf(root: string, name: string): readonly string[] {
  const folders = ['src', 'build', 'tests', 'bench'].map((folder) => `${name}/${folder}/`)
  if (readText(root, `${name}/package.json`) === undefined) return []
  return listFiles(root, name).filter((path) => CODE.test(path) && folders.some((folder) => path.startsWith(folder)))
}

/** The code of an Astro component is its front matter and its scripts; the rest is left blank, line by line. */
function codeOf(file: string, text: string): string {
  if (!file.endsWith('.astro')) return text
  const code = /^---\n[\s\S]*?\n---|<script\b[^>]*>[\s\S]*?<\/script>/gm
  let blank = ''
  let at = 0
  for (const { 0: part, index } of text.matchAll(code)) {
    blank += text.slice(at, index).replace(/[^\n]/g, ' ') + part.replace(/<\/?script[^>]*>|^---/gm, ';')
    at = index + part.length
  }
  return blank
}
