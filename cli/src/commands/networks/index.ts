import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addNetworksArchive } from './archive.ts'
import { addNetworksCreate } from './create.ts'
import { addNetworksDelete } from './delete.ts'
import { addNetworksList } from './list.ts'
import { addNetworksRename } from './rename.ts'
import { addNetworksRestore } from './restore.ts'
import { addNetworksSet } from './set.ts'
import { addNetworksShow } from './show.ts'
import { addNetworksUndelete } from './undelete.ts'
import { addNetworksUse } from './use.ts'

/** `networks` and its verbs. */
export function addNetworks(program: Command, cli: Cli): void {
  const networks = program
    .command('networks')
    .description('The tenants: each has its servers, keys, time zone and currency')
  addNetworksList(networks, cli)
  addNetworksCreate(networks, cli)
  addNetworksShow(networks, cli)
  addNetworksRename(networks, cli)
  addNetworksSet(networks, cli)
  addNetworksArchive(networks, cli)
  addNetworksRestore(networks, cli)
  addNetworksDelete(networks, cli)
  addNetworksUndelete(networks, cli)
  addNetworksUse(networks, cli)
}
