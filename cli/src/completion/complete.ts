import type { Argument, Command, Option } from 'commander'
import { EVENT_WORDS } from '../tail/event-view.ts'

/** One thing that could stand at the cursor. */
export interface Candidate {
  readonly value: string
  readonly about: string
}

/** Names that only the collector knows, by what they name. */
export type NameKind = 'network' | 'key' | 'server' | 'backend' | 'user' | 'member' | 'role' | 'invitation'

export interface CompleteDeps {
  /** Asks the collector; no names when it does not answer soon. */
  readonly loadNames: (kind: NameKind) => Promise<readonly string[]>
}

/** Flags whose values the collector knows, by the name that Commander keeps them under. */
const OPTION_NAMES: Readonly<Record<string, NameKind>> = {
  network: 'network',
  server: 'server',
  user: 'user',
  role: 'role',
  from: 'member',
}
/** The same for arguments: those of `servers show` are servers, of `gamemodes map` backends. */
const ARGUMENT_NAMES: Readonly<Record<string, NameKind>> = {
  network: 'network',
  key: 'key',
  name: 'server',
  backend: 'backend',
  user: 'user',
  member: 'member',
  role: 'role',
  invitation: 'invitation',
}
/** Commands whose argument `name` is new and not one that is known. */
const NAMING_VERBS = ['create']

/**
 * What could stand in the place of the last word.
 *
 * @param words what was typed after the program's name; the last word is the one at the cursor, and may be empty
 */
export async function complete(
  program: Command,
  words: readonly string[],
  deps: CompleteDeps,
): Promise<readonly Candidate[]> {
  const { flag, typed } = readWord(words.at(-1) ?? '')
  const before = words.slice(0, -1)
  const { command, operands, openOption } = walk(program, flag === undefined ? before : [...before, flag])
  if (flag !== undefined && openOption === undefined) return []
  const candidates = await candidatesAt({ command, operands, openOption, typed }, deps)
  return candidates
    .filter(({ value }) => value.toLowerCase().startsWith(typed.toLowerCase()))
    .map(({ value, about }) => ({ value: flag === undefined ? value : `${flag}=${value}`, about }))
}

/** Takes `--flag=value` apart, and an opening quote off. Bash hands over the `=` as a word of its own. */
function readWord(word: string): { readonly flag: string | undefined; readonly typed: string } {
  const [, flag, value = word] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? []
  return { flag, typed: value === '=' ? '' : value.replace(/^["']/, '') }
}

interface Position {
  readonly command: Command
  /** Arguments that stand before the cursor. */
  readonly operands: number
  /** A flag right before the cursor that wants a value. */
  readonly openOption: Option | undefined
}

function walk(program: Command, words: readonly string[]): Position {
  let command = program
  let operands = 0
  let openOption: Option | undefined
  for (const word of words) {
    if (openOption !== undefined) {
      if (word !== '=') openOption = undefined
      continue
    }
    if (word.startsWith('-')) {
      const option = optionsOf(command).find(({ long, short }) => long === word || short === word)
      openOption = option?.required === true ? option : undefined
      continue
    }
    const next = command.commands.find((known) => known.name() === word || known.aliases().includes(word))
    if (next === undefined) operands += 1
    else command = next
  }
  return { command, operands, openOption }
}

async function candidatesAt(
  { command, operands, openOption, typed }: Position & { readonly typed: string },
  deps: CompleteDeps,
): Promise<readonly Candidate[]> {
  if (openOption !== undefined) return valuesOf(openOption, deps)
  if (typed.startsWith('-')) {
    return optionsOf(command).map(({ long, short, description }) => ({
      value: long ?? short ?? '',
      about: description,
    }))
  }
  const verbs = command.commands.map((known) => ({ value: known.name(), about: known.description() }))
  const argument = command.registeredArguments[operands] ?? command.registeredArguments.find(({ variadic }) => variadic)
  return [...verbs, ...(argument === undefined ? [] : await argumentValues(command, argument, deps))]
}

async function valuesOf(option: Option, deps: CompleteDeps): Promise<readonly Candidate[]> {
  if (option.argChoices !== undefined) return option.argChoices.map(toCandidate)
  if (option.attributeName() === 'type')
    return [...Object.values(EVENT_WORDS), 'purchase', 'afk', 'refused'].map(toCandidate)
  const kind = OPTION_NAMES[option.attributeName()]
  return kind === undefined ? [] : (await deps.loadNames(kind)).map(toCandidate)
}

async function argumentValues(command: Command, argument: Argument, deps: CompleteDeps): Promise<readonly Candidate[]> {
  if (argument.argChoices !== undefined) return argument.argChoices.map(toCandidate)
  const kind = ARGUMENT_NAMES[argument.name()]
  if (kind === undefined || NAMING_VERBS.includes(command.name())) return []
  return (await deps.loadNames(kind)).map(toCandidate)
}

function optionsOf(command: Command): readonly Option[] {
  const own = command.options.filter(({ hidden }) => !hidden)
  return command.parent === null ? own : [...own, ...optionsOf(command.parent)]
}

function toCandidate(value: string): Candidate {
  return { value, about: '' }
}
