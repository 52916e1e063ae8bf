export { type Actor, authenticate, can, type Permission } from './access.ts'
export type { Author } from './author.ts'
export { createApiRouter } from './router.ts'
