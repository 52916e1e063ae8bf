/** Whether one thing that the collector needs works, with a sentence for people. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly tookMs: number
  readonly message: string
}

/** What `/readyz` answers. */
export interface Readiness {
  readonly isReady: boolean
  readonly checks: readonly Check[]
}

/** The state in words: `tone` tells a screen which colour and icon it may use. */
export interface StateWords {
  readonly tone: 'good' | 'attention' | 'away'
  readonly short: string
  readonly title: string
  readonly sentence: string
}

/** More than a collector ever sends; what is beyond is not shown. */
const CHECKS_MAX = 20
const MESSAGE_CHARS_MAX = 400

const TITLES: Readonly<Record<string, string>> = {
  process: 'Collector',
  postgres: 'PostgreSQL',
  clickhouse: 'ClickHouse',
  redis: 'Redis',
  storage: 'Storage',
}

/** @returns the answer of `/readyz`, or undefined when it is something else */
export function parseReadiness(answer: unknown): Readiness | undefined {
  if (!isObject(answer) || !Array.isArray(answer['checks'])) return undefined
  const { status } = answer
  if (status !== 'ready' && status !== 'not_ready') return undefined
  const checks = answer['checks'].slice(0, CHECKS_MAX).map(parseCheck)
  if (!checks.every((check) => check !== undefined)) return undefined
  return { isReady: status === 'ready', checks }
}

function parseCheck(value: unknown): Check | undefined {
  if (!isObject(value)) return undefined
  const { name, ok, tookMs, message } = value
  if (typeof name !== 'string' || typeof ok !== 'boolean') return undefined
  if (typeof tookMs !== 'number' || typeof message !== 'string') return undefined
  return { name, ok, tookMs, message: message.slice(0, MESSAGE_CHARS_MAX) }
}

/** @returns the version that the collector's OpenAPI document names, or undefined */
export function parseVersion(document: unknown): string | undefined {
  const info = isObject(document) ? document['info'] : undefined
  const version = isObject(info) ? info['version'] : undefined
  return typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version) ? version : undefined
}

/** Puts the state into words; undefined means that nobody answered. */
export function describeState(readiness: Readiness | undefined): StateWords {
  if (readiness === undefined) {
    return {
      tone: 'away',
      short: 'no answer',
      title: 'The collector does not answer',
      sentence: 'Check that it still runs. This page keeps asking and notices when it is back.',
    }
  }
  if (readiness.isReady) {
    return {
      tone: 'good',
      short: 'running',
      title: 'Everything works',
      sentence: 'Servers can connect, and what they report is stored.',
    }
  }
  const failing = readiness.checks.filter(({ ok }) => !ok).map(({ name }) => titleOf(name))
  return {
    tone: 'attention',
    short: 'not ready',
    title:
      failing.length === 0
        ? 'Not ready yet'
        : `${joinWords(failing)} ${failing.length === 1 ? 'needs' : 'need'} a look`,
    sentence: 'Servers keep what is not stored yet and send it again later.',
  }
}

/** The name of a check as people write it. */
export function titleOf(name: string): string {
  return TITLES[name] ?? name
}

/** How long a check took, such as `0.4 ms`; nothing when it asked nobody. */
export function formatTook(tookMs: number): string {
  if (tookMs <= 0) return ''
  return tookMs < 10 ? `${tookMs.toFixed(1)} ms` : `${Math.round(tookMs).toLocaleString('en')} ms`
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
