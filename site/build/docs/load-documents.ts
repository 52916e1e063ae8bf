import { existsSync, readFileSync } from 'node:fs'
import { DOCUMENT_GROUPS, type Document } from './document.ts'
import { readSdk, type SdkEntryFile } from './read-sdk.ts'
import { runPrinter } from './run-printer.ts'
import { type OpenApi, writeApi } from './write-api.ts'
import { type CommandReference, writeCli } from './write-cli.ts'
import { type ErrorCode, writeErrors } from './write-errors.ts'
import { writeSdk } from './write-sdk.ts'
import { WRITTEN_DOCUMENTS } from './written-documents.ts'

/** All documents in the order of the navigation: those that somebody wrote, and those made from the programs. */
export async function loadDocuments(repository: URL): Promise<readonly Document[]> {
  // Two processes work while this one reads the types.
  const printed = Promise.all([
    runPrinter<CommandReference>(new URL('cli/src/reference/print-reference.ts', repository)),
    runPrinter<OpenApi>(new URL('collector/src/print-openapi.ts', repository)),
  ])
  printed.catch(() => undefined) // Told below; until then nobody waits for it.
  const sdk = readSdk(new URL('sdk/', repository), loadSdkEntries(repository))
  const errors = (await import(new URL('sdk/src/protocol/errors.ts', repository).href)) as {
    readonly ERROR_CODES: Readonly<Record<string, ErrorCode>>
  }
  const [cli, api] = await printed
  const documents = [
    writeErrors(errors.ERROR_CODES),
    ...loadWritten(repository),
    ...writeSdk(sdk),
    writeCli(cli),
    ...writeApi(api),
  ]
  return DOCUMENT_GROUPS.flatMap((group) => documents.filter((document) => document.group === group))
}

/** What the SDK's package gives to whoever installs it; a part that only this workspace uses is not published. */
function loadSdkEntries(repository: URL): readonly SdkEntryFile[] {
  const { exports, publishConfig } = JSON.parse(readFileSync(new URL('sdk/package.json', repository), 'utf8')) as {
    readonly exports: Readonly<Record<string, string>>
    readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> }
  }
  return Object.entries(exports)
    .filter(([name]) => Object.hasOwn(publishConfig.exports, name))
    .map(([name, file]) => ({ specifier: name.replace('.', '@mctrack/sdk'), file: file.replace('./', '') }))
}

function loadWritten(repository: URL): readonly Document[] {
  return WRITTEN_DOCUMENTS.flatMap(({ isOptional, ...document }) => {
    const file = new URL(document.source, repository)
    if (isOptional === true && !existsSync(file)) return []
    return [{ ...document, markdown: withoutTitle(readFileSync(file, 'utf8')) }]
  })
}

function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .*\n+/, '')
}
