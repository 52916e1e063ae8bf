import { fileURLToPath } from 'node:url'
import { API, NodeBuilderFlags, SymbolFlags } from 'typescript/unstable/sync'

/** One export of the SDK, as its source declares it. */
export interface SdkExport {
  readonly name: string
  readonly kind: 'function' | 'interface' | 'type' | 'constant'
  /** The declaration with the comments of its members, without the bodies of functions. */
  readonly signature: string
  /** What its comment says, in Markdown; empty without one. */
  readonly about: string
  readonly examples: readonly string[]
}

/** What one entry of the package exports. */
export interface SdkEntry {
  /** As it is imported: `@mctrack/sdk/testing`. */
  readonly specifier: string
  readonly exports: readonly SdkExport[]
}

/** Entries of the package, with their files from the package's root. */
export interface SdkEntryFile {
  readonly specifier: string
  readonly file: string
}

/** A type that is taken from a list; a reader wants to see the list. */
const DERIVED = /^(?:export )?type \w+ = \(typeof \w+\)\[number\]$/
const WHOLE_TYPE = NodeBuilderFlags.InTypeAlias | NodeBuilderFlags.NoTruncation
/** A longer constant is a table, which its own page shows better. */
const CONSTANT_LINES_MAX = 30

/** Reads what the entries of the SDK export, in the order of their names, by the compiler that checks it too. */
export function readSdk(packageRoot: URL, entries: readonly SdkEntryFile[]): readonly SdkEntry[] {
  const api = new API({})
  try {
    const config = fileURLToPath(new URL('tsconfig.build.json', packageRoot))
    const project = api.updateSnapshot({ openProject: config }).getProjects()[0]
    if (project === undefined) throw new Error(`the compiler does not open ${config}`)
    const { checker, program } = project
    return entries.map(({ specifier, file }) => {
      const source = program.getSourceFile(fileURLToPath(new URL(file, packageRoot)))
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
      if (module === undefined) throw new Error(`${file} exports nothing that the compiler can read`)
      const exports = checker.getExportsOfModule(module).map((symbol): SdkExport => {
        const isAlias = (symbol.flags & SymbolFlags.Alias) !== 0
        const real = isAlias ? checker.getAliasedSymbol(symbol) : symbol
        const declaration = real.declarations[0]?.resolve(project)
        if (declaration === undefined) throw new Error(`${symbol.name} of ${specifier} is declared nowhere`)
        const { text } = declaration.getSourceFile()
        const tags = checker.getJsDocTagsOfSymbol(real)
        const declared = text.slice(declaration.getStart(), declaration.end)
        const written = DERIVED.test(declared)
          ? `type ${symbol.name} = ${checker.typeToString(checker.getDeclaredTypeOfSymbol(real), undefined, WHOLE_TYPE)}`
          : declared
        return {
          name: symbol.name,
          ...describeDeclaration(written, real.flags),
          about: checker.getDocumentationCommentOfSymbol(real).trim(),
          examples: tags.filter(({ name }) => name === 'example').map((tag) => (tag.text ?? '').trim()),
        }
      })
      return { specifier, exports: exports.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) }
    })
  } finally {
    api.close()
  }
}

/** The declaration as a reader wants it: no `export`, no body. */
function describeDeclaration(text: string, flags: number): Pick<SdkExport, 'kind' | 'signature'> {
  const signature = text.replace(/^export /, '')
  if ((flags & SymbolFlags.Function) !== 0) return { kind: 'function', signature: withoutBody(signature) }
  if ((flags & SymbolFlags.Interface) !== 0) return { kind: 'interface', signature }
  if ((flags & SymbolFlags.TypeAlias) !== 0) return { kind: 'type', signature }
  return { kind: 'constant', signature: shortened(signature.startsWith('const ') ? signature : `const ${signature}`) }
}

function shortened(constant: string): string {
  const lines = constant.split('\n')
  return lines.length <= CONSTANT_LINES_MAX ? constant : `${lines[0]} … ${lines.at(-1)}`
}

/** The body is the last block, and formatted code puts it after the closing bracket and the type that it returns. */
export function withoutBody(text: string): string {
  const end = /(?:^\)|\))(?::[^\n{]*(?:\{[^\n{}]*\}[^\n{]*)?)? \{\n/m.exec(text)
  return end === null ? text : text.slice(0, end.index + end[0].length - ' {\n'.length)
}
