import { renderDocs } from './render-docs.ts'

// Prints the pages of the documentation as JSON, for the repository whose address is given.

const [repository] = process.argv.slice(2)
if (repository === undefined) throw new Error('say which repository: its root as a file: URL')
process.stdout.write(JSON.stringify(await renderDocs(new URL(repository))))
