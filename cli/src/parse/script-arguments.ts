/** Commands of the scripts `start` and `demo`. They take flags alone, so a `--` right behind them separates nothing. */
const COMMANDS_OF_SCRIPTS = ['up', 'demo']

/**
 * Leaves out the `--` of `pnpm demo -- --duration 20s`, which npm takes for itself and pnpm hands on. Any other stays:
 * what comes behind it is no flag.
 */
export function dropScriptSeparator(args: readonly string[]): readonly string[] {
  if (args[0] === '--') return dropScriptSeparator(args.slice(1))
  const [command = '', separator, ...rest] = args
  return COMMANDS_OF_SCRIPTS.includes(command) && separator === '--' ? [command, ...rest] : args
}
