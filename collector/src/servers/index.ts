export { type Backend, createGamemodeStore } from './gamemode-store.ts'
export { createGamemodes, type Gamemodes } from './gamemodes.ts'
export { createGaugeStore } from './gauge-store.ts'
export type { GaugesReport } from './gauges-report.ts'
export { createHeartbeats } from './heartbeats.ts'
export {
  createInstanceNotes,
  createServerReports,
  type InstanceNotes,
  SERVER_STATES,
  type ServerReport,
} from './reports.ts'
export { createServerRoutes } from './routes.ts'
export type { SeenInstance, Server } from './server.ts'
export { createServerStore, type ServerStore } from './server-store.ts'
export { createServers, type Servers } from './servers.ts'
