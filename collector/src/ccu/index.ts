export { createCcuStore } from './ccu-store.ts'
export { createRebuildSamples } from './rebuild-samples.ts'
export { createCcuRoutes } from './routes.ts'
