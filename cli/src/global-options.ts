import type { Command } from 'commander'

/** Adds the flags that every command takes, before or after its name. */
export function addGlobalOptions(program: Command): Command {
  return program
    .option('--json', 'print data as JSON, for scripts')
    .option('--network <network>', 'id or name of the network [MCTRACK_NETWORK]')
    .option('--url <url>', 'address of the collector [MCTRACK_URL]')
    .option('--token <token>', 'token for it [MCTRACK_TOKEN]')
    .option('--data-dir <directory>', "this machine's data directory, where the collector is found [MCTRACK_DATA_DIR]")
    .option('--no-color', 'no colour [NO_COLOR]')
}
