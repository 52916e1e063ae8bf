export { createCcuRoutes } from './routes.ts'
