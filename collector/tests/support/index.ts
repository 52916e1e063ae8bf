export { SETTINGS } from '../../src/config/env.ts'
export { type Answer, ask, createNetwork, until } from './api.ts'
export { type Browser, createPerson, openBrowser, signIn, type TestPerson } from './browser.ts'
export { startTestCollector, type TestCollector, type TestCollectorOptions } from './collector.ts'
export { createTestDatabases, type TestDatabases } from './databases.ts'
export { processesOn } from './processes.ts'
export {
  connectRaw,
  customEvent,
  FRAME,
  LANE,
  makeId,
  type RawFrame,
  type RawSocket,
  refusedUpgrade,
  sessionFields,
} from './raw-socket.ts'
export { setUpCollector, setUpWiredCollector } from './set-up.ts'
export { layWire, type Wire } from './wire.ts'
