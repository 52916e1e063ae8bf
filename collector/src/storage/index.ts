export { type Row, readRow, UINT64_MAX, writeRow } from './row.ts'
export { createStorage, type PoisonRow, type Storage } from './storage.ts'
export { columnsOf, TABLES, type TableName } from './tables.ts'
export type { Receipt, WriteBuffer } from './write-buffer.ts'
