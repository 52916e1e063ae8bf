import { posix } from 'node:path'
import type { Check } from './check.ts'
import { findCycles, type Graph } from './cycles.ts'
import { packageOf } from './imports.ts'
import { type Arrow, readArrows } from './source-tree.ts'

/** Says why an import may not be, or nothing when it may. */
type Rule = (arrow: Arrow) => string | undefined

/** Wires everything, so it alone may know everything. */
const WIRING = new Set(['app.ts', 'accounts.ts', 'tenants.ts', 'main.ts', 'api.ts', 'databases.ts'])
const NO_FEATURES = new Set(['config', 'platform'])
const PURE_NAME = /^(?:check-.+|.+-row|counts|presence|registry|calendar|cursor|series|scrub|wire-names|build-.+)\.ts$/
const IO_PACKAGES = new Set([
  'node:fs',
  'node:net',
  'node:http',
  'node:https',
  'pg',
  'kysely',
  '@clickhouse/client',
  'ioredis',
  'uWebSockets.js',
  'pino',
])

/** Holds the arrows between packages, between features and between files; each violation with its file and line. */
export const checkArrows: Check = (root) => {
  const arrows = readArrows(root)
  if (arrows.length === 0) return ['There are no imports to check: the packages are not where they are expected.']
  const wrong = arrows.flatMap((arrow) =>
    RULES.flatMap((rule) => {
      const reason = rule(arrow)
      return reason === undefined ? [] : [`${arrow.file}:${arrow.line} imports '${arrow.specifier}': ${reason}.`]
    }),
  )
  return [...wrong, ...findManyFeatures(arrows), ...findFeatureCircles(arrows), ...findFileCircles(arrows)]
}

const staysInItsPackage: Rule = ({ file, target }) => {
  if (target === undefined || packageFolder(target) === packageFolder(file)) return undefined
  return 'a package reaches another by its name, never by a path'
}

const protocolKnowsNobody: Rule = ({ file, target, specifier, isTest }) => {
  if (!file.startsWith('sdk/src/protocol/') || isTest) return undefined
  if (target !== undefined)
    return isIn(target, ['sdk/src/protocol/'], 'the protocol imports nothing of ours but itself')
  if (packageOf(specifier) === 'msgpackr' && file === 'sdk/src/protocol/codec.ts') return undefined
  return 'the protocol knows no package; msgpackr stands in codec.ts alone'
}

const coreKnowsTheProtocol: Rule = ({ file, target, isTest }) => {
  if (!file.startsWith('sdk/src/core/') || isTest) return undefined
  const reason = 'the core imports only itself and the protocol'
  return target === undefined ? `${reason}, no packages` : isIn(target, ['sdk/src/core/', 'sdk/src/protocol/'], reason)
}

const runtimesKnowTheCore: Rule = ({ file, target, isTest }) => {
  const own = ['sdk/src/node/', 'sdk/src/bridge/'].find((folder) => file.startsWith(folder))
  if (own === undefined || target === undefined || isTest) return undefined
  return isIn(
    target,
    [own, 'sdk/src/core/', 'sdk/src/protocol/'],
    `${own} imports only itself, the core and the protocol`,
  )
}

const simulatorKnowsTheSdk: Rule = ({ file, target, isTest }) => {
  if (!file.startsWith('sdk/src/simulator/') || target === undefined || isTest) return undefined
  const own = ['sdk/src/simulator/', 'sdk/src/node/', 'sdk/src/core/', 'sdk/src/protocol/']
  return isIn(target, own, 'the simulator imports only itself, the client, the core and the protocol')
}

/** It is not part of what is published, nor of the client's size. */
const nothingInTheSdkKnowsTheSimulator: Rule = ({ file, target }) => {
  if (!file.startsWith('sdk/') || !target?.startsWith('sdk/src/simulator/')) return undefined
  return file.startsWith('sdk/src/simulator/') ? undefined : 'nothing else in the SDK knows the simulator'
}

const sdkKnowsNoPackageOfOurs: Rule = ({ file, specifier, isTest }) => {
  if (!file.startsWith('sdk/') || isTest || !specifier.startsWith('@mctrack/')) return undefined
  return 'the SDK knows none of our other packages, and itself by paths'
}

const collectorKnowsTheContract: Rule = ({ file, specifier, isTest }) => {
  if (!file.startsWith('collector/') || isTest || !specifier.startsWith('@mctrack/')) return undefined
  if (specifier === '@mctrack/sdk/protocol' || specifier === '@mctrack/sdk/core') return undefined
  if (specifier === '@mctrack/sdk/simulator') {
    return file.startsWith('collector/src/demo/') ? undefined : 'only the demo network simulates (collector/src/demo)'
  }
  return "the collector knows the SDK by '@mctrack/sdk/protocol' and '@mctrack/sdk/core', and no other package of ours"
}

const cliKnowsTheApi: Rule = ({ file, specifier, kind, isTest }) => {
  if (!file.startsWith('cli/') || !/^@mctrack\/(?:collector|site)\b/.test(specifier)) return undefined
  if (specifier === '@mctrack/collector/api' && kind === 'type') return undefined
  if (specifier === '@mctrack/collector/main' && kind === 'resolve') return undefined
  if (specifier === '@mctrack/collector/testing' && isTest) return undefined
  return "the command line knows the collector by types of '@mctrack/collector/api', starts '@mctrack/collector/main' by its address, and uses '@mctrack/collector/testing' in tests alone"
}

const siteKnowsTheApi: Rule = ({ file, specifier, kind, isTest }) => {
  if (!file.startsWith('site/') || !specifier.startsWith('@mctrack/')) return undefined
  if (specifier === '@mctrack/collector/api' && kind === 'type') return undefined
  if (isTest && (specifier === '@mctrack/collector/testing' || specifier === '@mctrack/sdk')) return undefined
  return "the site knows the collector by types of '@mctrack/collector/api', and uses '@mctrack/collector/testing' and the SDK in tests alone"
}

const featuresShowTheirIndex: Rule = ({ file, target }) => {
  if (file.startsWith('collector/bench/')) return undefined // What is measured there are single steps.
  const feature = featureOf(target)
  if (feature === undefined || feature === featureOf(file) || target === `collector/src/${feature}/index.ts`) {
    return undefined
  }
  return file.startsWith('collector/')
    ? `a feature is imported through its index.ts (collector/src/${feature}/index.ts)`
    : undefined
}

const platformKnowsNoFeature: Rule = ({ file, target, isTest }) => {
  if (!file.startsWith('collector/src/platform/') || target === undefined || isTest) return undefined
  return isIn(target, ['collector/src/platform/'], 'the platform imports no feature, no configuration and no wiring')
}

const configKnowsNoFeature: Rule = ({ file, target, isTest }) => {
  if (!file.startsWith('collector/src/config/') || target === undefined || isTest) return undefined
  const own = ['collector/src/config/', 'collector/src/platform/']
  return isIn(target, own, 'the configuration imports no feature and no wiring')
}

const pureFilesDoNoIo: Rule = ({ file, target, specifier, isTest }) => {
  if (isTest || !isPure(file)) return undefined
  if (target?.startsWith('collector/src/config/')) return 'a pure file knows no configuration'
  if (target !== undefined || !IO_PACKAGES.has(packageOf(specifier))) return undefined
  return 'a pure file does no I/O'
}

const RULES: readonly Rule[] = [
  staysInItsPackage,
  protocolKnowsNobody,
  coreKnowsTheProtocol,
  runtimesKnowTheCore,
  simulatorKnowsTheSdk,
  nothingInTheSdkKnowsTheSimulator,
  sdkKnowsNoPackageOfOurs,
  collectorKnowsTheContract,
  cliKnowsTheApi,
  siteKnowsTheApi,
  featuresShowTheirIndex,
  platformKnowsNoFeature,
  configKnowsNoFeature,
  pureFilesDoNoIo,
]

/** Files beside app.ts that know several features have become a second place of wiring. */
function findManyFeatures(arrows: readonly Arrow[]): readonly string[] {
  const features = new Map<string, Set<string>>()
  for (const { file, target, isTest } of arrows) {
    const feature = featureOf(target)
    const name = /^collector\/src\/([^/]+)$/.exec(file)?.[1]
    if (name === undefined || feature === undefined || isTest || WIRING.has(name)) continue
    features.set(file, (features.get(file) ?? new Set()).add(feature))
  }
  return [...features]
    .filter(([, names]) => names.size > 1)
    .map(
      ([file, names]) =>
        `${file} imports from ${[...names].sort().join(' and ')}: only ${[...WIRING].join(', ')} may know several features.`,
    )
}

function findFeatureCircles(arrows: readonly Arrow[]): readonly string[] {
  const graph = new Map<string, Set<string>>()
  const places = new Map<string, string>()
  for (const { file, target, line, isTest } of arrows) {
    const from = featureOf(file)
    const to = featureOf(target)
    if (from === undefined || to === undefined || from === to || isTest) continue
    graph.set(from, (graph.get(from) ?? new Set()).add(to))
    if (!places.has(`${from} ${to}`)) places.set(`${from} ${to}`, `${file}:${line}`)
  }
  return findCycles(graph).map(
    (cycle) => `The features ${cycle.join(' → ')} go in a circle (${placesOf(cycle, places)}).`,
  )
}

function findFileCircles(arrows: readonly Arrow[]): readonly string[] {
  const graph = new Map<string, Set<string>>()
  const places = new Map<string, string>()
  for (const { file, target, line } of arrows) {
    if (target === undefined) continue
    graph.set(file, (graph.get(file) ?? new Set()).add(target))
    if (!places.has(`${file} ${target}`)) places.set(`${file} ${target}`, `${file}:${line}`)
  }
  return findCycles(graph as Graph).map(
    (cycle) => `The files ${cycle.join(' → ')} import each other in a circle (${placesOf(cycle, places)}).`,
  )
}

function placesOf(cycle: readonly string[], places: ReadonlyMap<string, string>): string {
  return cycle
    .slice(1)
    .map((to, index) => places.get(`${cycle[index]} ${to}`) ?? '')
    .join(', ')
}

function isPure(file: string): boolean {
  if (file.startsWith('sdk/src/core/')) return true
  return file.startsWith('collector/src/') && PURE_NAME.test(posix.basename(file))
}

/** A folder of the collector that is neither configuration nor platform. */
function featureOf(path: string | undefined): string | undefined {
  const folder = /^collector\/src\/([^/]+)\//.exec(path ?? '')?.[1]
  return folder === undefined || NO_FEATURES.has(folder) ? undefined : folder
}

function packageFolder(path: string): string | undefined {
  return path.split('/', 1)[0]
}

function isIn(path: string, folders: readonly string[], reason: string): string | undefined {
  return folders.some((folder) => path.startsWith(folder)) ? undefined : reason
}
