export { createGrants, type Grants } from './grants.ts'
