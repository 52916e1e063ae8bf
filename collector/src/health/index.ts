export { createHealthStore } from './health-store.ts'
export { createHealthRoutes } from './routes.ts'
