import type { App } from '../../app/app-context.ts'
import type { LiveCounts } from '../../app/app-sources.ts'
import type { Formatters } from '../../format/formatters.ts'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import type { Dimension } from '../../url/filters.ts'

/** One value that is offered. */
export interface FilterChoice {
  /** '' stands for unknown. */
  readonly value: string
  readonly label: string
}

/** What a list can be filtered by, and how a value of it is found. */
export interface FilterField {
  readonly dimension: Dimension
  readonly title: string
  /** A value in words. */
  readonly describe: (value: string) => string
  readonly input:
    | { readonly kind: 'choice'; readonly choices: () => readonly FilterChoice[] }
    /** What is typed is a value, too, unless `parse` gives nothing. */
    | {
        readonly kind: 'text'
        readonly choices: () => readonly FilterChoice[]
        readonly charsMax: number
        readonly parse?: (text: string) => string | undefined
      }
    | { readonly kind: 'days' }
    | { readonly kind: 'property' }
}

type CountedBy = 'byServer' | 'byGamemode' | 'byDomain' | 'byCountry'
type TextDimension = 'server' | 'gamemode' | 'domain' | 'version'

const TITLES = { server: m.server, gamemode: m.gamemode, domain: m.domain, version: m.version } as const
const COUNTED: Partial<Readonly<Record<TextDimension, CountedBy>>> = {
  server: 'byServer',
  gamemode: 'byGamemode',
  domain: 'byDomain',
}
const CHARS_MAX = { server: 64, gamemode: 64, domain: 253, version: 32 } as const

/** A field of names that senders choose; those of this moment are offered without asking for them. */
export function textField(app: App, dimension: TextDimension): FilterField {
  const counted = COUNTED[dimension]
  return {
    dimension,
    title: TITLES[dimension],
    describe: (value) => value || m.unknown,
    input: {
      kind: 'text',
      charsMax: CHARS_MAX[dimension],
      choices: () =>
        (counted === undefined ? [] : namesOf(app.sources.live.counts(), counted)).map((value) => ({
          value,
          label: value || m.unknown,
        })),
    },
  }
}

/** A field of a few values that are all known. */
export function choiceField(
  dimension: Dimension,
  title: string,
  labels: Readonly<Record<string, string>>,
): FilterField {
  return {
    dimension,
    title,
    describe: (value) => (Object.hasOwn(labels, value) ? labels[value] : undefined) ?? (value || m.unknown),
    input: { kind: 'choice', choices: () => Object.entries(labels).map(([value, label]) => ({ value, label })) },
  }
}

/** The two editions of the game. */
export function platformField(): FilterField {
  return choiceField('platform', m.platform, { java: m.java, bedrock: m.bedrock })
}

/** Countries by name or code; those of this moment first. */
export function countryField(app: App): FilterField {
  const describe = (code: string): string => (code === '' ? m.unknown : app.format().country(code))
  return {
    dimension: 'country',
    title: m.country,
    describe,
    input: {
      kind: 'text',
      charsMax: 40,
      choices: () => {
        const live = namesOf(app.sources.live.counts(), 'byCountry')
        return [...new Set([...live, '', ...listCountries(app.format())])].map((value) => ({
          value,
          label: describe(value),
        }))
      },
      parse: (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : undefined),
    },
  }
}

function namesOf(counts: LiveCounts | undefined, by: CountedBy): readonly string[] {
  return Object.entries(counts?.[by] ?? {})
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)
}

/** A code of a country that is no more stands for the one that came after it. */
function isCurrent(code: string): boolean {
  return new Intl.Locale('und', { region: code }).region === code
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Every code of two letters that has a name. */
function listCountries(format: Formatters): readonly string[] {
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  return codes
    .map((code) => [code, format.country(code)] as const)
    .filter(([code, name]) => name !== code && isCurrent(code))
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([code]) => code)
}
