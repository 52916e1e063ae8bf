import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { addAudit } from './commands/audit.ts'
import { addCompletion } from './commands/completion.ts'
import { addDeadLetters } from './commands/dead-letters/index.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addGamemodes } from './commands/gamemodes/index.ts'
import { addIngest } from './commands/ingest/index.ts'
import { addInvitations } from './commands/invitations/index.ts'
import { addKeys } from './commands/keys/index.ts'
import { addLive } from './commands/live.ts'
import { addLogin } from './commands/login.ts'
import { addLogout } from './commands/logout.ts'
import { addMembers } from './commands/members/index.ts'
import { addNetworks } from './commands/networks/index.ts'
import { addPlayers } from './commands/players/index.ts'
import { addRoles } from './commands/roles/index.ts'
import { addServers } from './commands/servers/index.ts'
import { addSessions } from './commands/sessions/index.ts'
import { addSetupLink } from './commands/setup-link.ts'
import { addSimulate } from './commands/simulate.ts'
import { addStatus } from './commands/status.ts'
import { addTail } from './commands/tail.ts'
import { addTokens } from './commands/tokens/index.ts'
import { addUp } from './commands/up.ts'
import { addUsers } from './commands/users/index.ts'
import { addWhoami } from './commands/whoami.ts'
import { addGlobalOptions } from './global-options.ts'
import { addExamples, HELP_STYLE } from './help.ts'
import { wantsColor } from './terminal/palette.ts'
import { CLI_VERSION } from './version.ts'

const ENVIRONMENT = `
Environment:
  MCTRACK_URL, MCTRACK_TOKEN, MCTRACK_NETWORK, MCTRACK_DATA_DIR  like the flags
  MCTRACK_CONFIG_DIR  where the default network and what you log in with are kept
  NO_COLOR            no colour

Exit codes:
  0 done   1 failed   2 not understood   3 not found   4 token needed   5 not allowed
  6 invalid or conflicting   7 unreachable or unavailable   130 ended by Ctrl-C`

/**
 * The whole command line. Adding a command is a line here: in the group of what it is for, as people find it in the
 * help. A command that makes data up, rather than asking for it, has its place in "Try it out".
 */
export function createProgram(cli: Cli): Command {
  const program = new Command('mctrack')
    .description('Analytics for Minecraft networks: who joined, from where, what they played.')
    .version(CLI_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp(HELP_STYLE)
  addGlobalOptions(program)
  configureStreams(program, cli)

  program.commandsGroup('Run it:')
  addUp(program, cli)
  addStatus(program, cli)
  addDoctor(program, cli)

  program.commandsGroup('Set it up:')
  addNetworks(program, cli)
  addKeys(program, cli)
  addServers(program, cli)
  addGamemodes(program, cli)

  program.commandsGroup('Let people in:')
  addSetupLink(program, cli)
  addUsers(program, cli)
  addMembers(program, cli)
  addRoles(program, cli)
  addInvitations(program, cli)
  addTokens(program, cli)

  program.commandsGroup('Log in:')
  addLogin(program, cli)
  addLogout(program, cli)
  addWhoami(program, cli)

  program.commandsGroup('Watch it:')
  addLive(program, cli)
  addTail(program, cli)
  addSessions(program, cli)
  addPlayers(program, cli)
  addIngest(program, cli)
  addDeadLetters(program, cli)
  addAudit(program, cli)

  program.commandsGroup('Try it out:')
  addDemo(program, cli)
  addSimulate(program, cli)

  program.commandsGroup('Besides:')
  addCompletion(program, cli)
  program.helpCommand('help [command]', 'Show help for a command')

  addExamples(
    program,
    ['mctrack up', 'runs the collector here'],
    ['mctrack networks create "My network" --time-zone Europe/Berlin'],
    ['mctrack keys create', 'what a server reports with'],
    ['mctrack live --watch', 'who is online'],
  )
  program.addHelpText('after', ENVIRONMENT)
  return program
}

/** Commander throws instead of ending the process, and leaves its complaints to whoever catches. */
function configureStreams(program: Command, { system: { stdout, stderr, env, args } }: Cli): void {
  program.exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    outputError: () => undefined,
    getOutHelpWidth: () => (stdout.isTTY ? stdout.columns || 80 : 80),
    getErrHelpWidth: () => (stderr.isTTY ? stderr.columns || 80 : 80),
    getOutHasColors: () => wantsColor(stdout, env, args),
    getErrHasColors: () => wantsColor(stderr, env, args),
  })
}
