import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addIngestHealth } from './health.ts'

/** `ingest` and its verbs. */
export function addIngest(program: Command, cli: Cli): void {
  const ingest = program.command('ingest').description('What arrives at the collector')
  addIngestHealth(ingest, cli)
}
