export { type Answer, ask, createNetwork, until } from './api.ts'
export { startTestCollector, type TestCollector, type TestCollectorOptions } from './collector.ts'
export { createTestDatabases, type TestDatabases } from './databases.ts'
