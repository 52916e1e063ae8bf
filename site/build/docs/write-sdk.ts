import type { Document } from './document.ts'
import type { SdkEntry, SdkExport } from './read-sdk.ts'

const KINDS = { function: 'function', interface: 'interface', type: 'type', constant: 'constant' } as const

/** Pages of the SDK's exports: what programs use, and what clients in other runtimes are built from. */
export function writeSdk(entries: readonly SdkEntry[]): readonly Document[] {
  const isForPrograms = ({ specifier }: SdkEntry): boolean => /sdk(?:\/testing)?$/.test(specifier)
  return [
    {
      slug: 'reference/sdk',
      group: 'Report to it',
      title: 'SDK reference',
      description: 'Every export of @mctrack/sdk and of its test transport, as the source declares it.',
      markdown: writeEntries(entries.filter(isForPrograms)),
    },
    {
      slug: 'reference/sdk-parts',
      group: 'Look it up',
      title: 'Parts of the SDK',
      description: 'What else @mctrack/sdk exports: its core and its protocol, for clients in other runtimes.',
      markdown: `A program that reports needs none of this. A client for another runtime builds on the same decisions (\`core\`) and the same frames (\`protocol\`); see the [protocol](/docs/protocol/).\n\n${writeEntries(entries.filter((entry) => !isForPrograms(entry)))}`,
    },
  ]
}

function writeEntries(entries: readonly SdkEntry[]): string {
  return entries.map(writeEntry).join('\n\n')
}

function writeEntry({ specifier, exports }: SdkEntry): string {
  const names = exports.filter(({ kind }) => kind === 'function').map(({ name }) => name)
  const first = names[0] ?? exports[0]?.name ?? ''
  const importing = `\`\`\`ts\nimport { ${first} } from '${specifier}'\n\`\`\``
  return [`## ${specifier}`, importing, ...ordered(exports).map(writeExport)].join('\n\n')
}

/** Functions first: they are where a reader begins. */
function ordered(exports: readonly SdkExport[]): readonly SdkExport[] {
  return [
    ...exports.filter(({ kind }) => kind === 'function'),
    ...exports.filter(({ kind }) => kind !== 'function' && kind !== 'constant'),
    ...exports.filter(({ kind }) => kind === 'constant'),
  ]
}

function writeExport({ name, kind, signature, about, examples }: SdkExport): string {
  return [
    `### ${name}`,
    `<span class="doc-tag">${KINDS[kind]}</span>`,
    about,
    fence(signature),
    ...examples.map((example) => `**Example**\n\n${fence(example.replace(/^```\w*\n|\n```$/g, ''))}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``
}
