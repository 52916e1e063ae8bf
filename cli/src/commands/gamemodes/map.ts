import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { BACKEND_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `gamemodes map` */
export function addGamemodesMap(gamemodes: Command, cli: Cli): void {
  const command = gamemodes
    .command('map')
    .description('Count a backend as a game mode; several backends can be one')
    .argument('<backend>', "the backend server's name", text(BACKEND_CHARS_MAX))
    .argument('<gamemode>', 'the game mode that it counts as', text(BACKEND_CHARS_MAX))
    .action(async (backend: string, gamemode: string) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id, backend: encodeURIComponent(backend) }
      const mapped = await read(api.networks[':networkId'].gamemodes[':backend'].$put({ param, json: { gamemode } }))
      if (output.isJson) return output.data(mapped)
      output.done(`${mapped.backend} counts as ${mapped.gamemode} now; what is stored follows soon.`)
    })
  addExamples(command, ['mctrack gamemodes map bedwars-3 bedwars'])
}
