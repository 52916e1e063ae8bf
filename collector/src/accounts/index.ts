export { type Actor, authenticate, can, type Permission } from './access.ts'
export { createApiRouter } from './router.ts'
