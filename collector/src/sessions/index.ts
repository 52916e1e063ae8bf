export { createRewriteStored } from './rewrite-stored.ts'
export { createSessionRoutes } from './routes.ts'
export { createSessionStore, type SessionStore } from './session-store.ts'
