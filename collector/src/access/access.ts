import type { InstallationPermission, NetworkPermission } from './permissions.ts'

/**
 * Who may use a route. Each route of the API has one; it is enforced before its handler, and stands in the OpenAPI
 * document as `x-access`.
 *
 * - `anyone`: without credentials; what changes something is taken from pages of this site alone
 * - `any_program`: without credentials, from anywhere
 * - `signed_in`: whoever is known, by whatever credential
 * - `person`: somebody signed in in a browser; no token will do
 * - `installation`: whoever has the permission on the whole installation
 * - `network`: whoever has the permission on the network of the path; for others than members there is no such network
 */
export type Access =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'any_program' }
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'person' }
  | { readonly kind: 'installation'; readonly permission: InstallationPermission }
  | { readonly kind: 'network'; readonly permission: NetworkPermission }

export const onNetwork = (permission: NetworkPermission): Access => ({ kind: 'network', permission })
export const onInstallation = (permission: InstallationPermission): Access => ({ kind: 'installation', permission })
export const ANYONE: Access = { kind: 'anyone' }
export const ANY_PROGRAM: Access = { kind: 'any_program' }
export const SIGNED_IN: Access = { kind: 'signed_in' }
export const PERSON: Access = { kind: 'person' }
