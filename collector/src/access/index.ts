export { type Access, ANY_PROGRAM, ANYONE, onInstallation, onNetwork, PERSON, SIGNED_IN } from './access.ts'
export type { Actor, Person, PersonCredential } from './actor.ts'
export type { Author, Origin } from './author.ts'
export { BUILT_IN_ROLES, type BuiltInRole, isBuiltInRole, PERMISSIONS_OF_ROLE } from './built-in-roles.ts'
export { can } from './can.ts'
export { type Credential, hashSecret, readCredential } from './credential.ts'
export { createGate, type Gate, type Identity } from './gate.ts'
export {
  INSTALLATION_PERMISSIONS,
  isNetworkPermission,
  NETWORK_PERMISSIONS,
  type NetworkPermission,
  PERMISSIONS,
  type Permission,
} from './permissions.ts'
export { createApiRoute, createApiRouter } from './router.ts'
export { createSiteOrigin, type SiteOrigin } from './site-origin.ts'
