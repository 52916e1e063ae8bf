export { BACKENDS_MAX, BACKENDS_MIN } from './model/backends.ts'
export { buildNetwork, introduceNetwork, NETWORKS_MAX } from './model/network.ts'
export type { Visit } from './model/visit.ts'
export { planVisits } from './model/visits.ts'
export type { Pace } from './pace.ts'
export { sleep } from './pressure.ts'
export {
  type HistoryResult,
  type NetworkProgress,
  type NetworkResult,
  type NetworkRun,
  type RunDeps,
  type RunOptions,
  type SimulatorTarget,
  startNetwork,
} from './run-network.ts'
export { openServers } from './servers.ts'
export { SimulatorError } from './simulator-error.ts'
export { addTallies, createCounter, type Tally } from './tally.ts'
