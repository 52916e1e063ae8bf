import { type FileByCollector, openFileByCollector } from '../configuration/file-by-collector.ts'

/** No id of a network is longer. */
const ID_CHARS_MAX = 512

/** The network that commands mean when none is named, by the address of the collector. */
export type RememberedNetworks = Pick<FileByCollector, 'file' | 'get' | 'set'>

/** Keeps them in `config.json`. */
export function openRememberedNetworks(env: Readonly<Record<string, string | undefined>>): RememberedNetworks {
  return openFileByCollector(env, {
    fileName: 'config.json',
    member: 'networks',
    valueCharsMax: ID_CHARS_MAX,
    ifUnsound: 'Mend it, or delete it.',
    ifUnwritable: 'Name the network with --network or MCTRACK_NETWORK, or set MCTRACK_CONFIG_DIR.',
  })
}
