export { type ApiKey, secretOfHeaders } from './api-key.ts'
export { createKeyStore } from './key-store.ts'
export { createKeys, type Fingerprint, type KeyLookup, type Keys } from './keys.ts'
export { createKeyRoutes } from './routes.ts'
