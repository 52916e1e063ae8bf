export { createOptOutStore } from './opt-out-store.ts'
export { createOptOuts, type OptOuts } from './opt-outs.ts'
export type { OptedOut } from './opted-out.ts'
export { createOptOutRoutes } from './routes.ts'
