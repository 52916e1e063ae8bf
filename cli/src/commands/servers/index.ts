import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addServersList } from './list.ts'
import { addServersShow } from './show.ts'

/** `servers` and its verbs. */
export function addServers(program: Command, cli: Cli): void {
  const servers = program.command('servers').description('Servers that report')
  addServersList(servers, cli)
  addServersShow(servers, cli)
}
