export { createEventStore } from './event-store.ts'
export { createEventRoutes } from './routes.ts'
