import chdb from 'chdb'

/** More waiting statements than this are refused, as ClickHouse itself does. */
const WAITING_MAX = 512

/** An error of the engine, with ClickHouse's own number for it. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly clickhouseCode: number

  constructor(message: string, clickhouseCode: number) {
    super(message)
    this.clickhouseCode = clickhouseCode
  }
}

export interface SessionPool {
  /** Runs statements one after the other on one connection; returns the bytes of the last one's result. */
  run(database: string, sql: string): Promise<Uint8Array>
  close(): void
}

interface Slot {
  readonly session: chdb.Session
  database: string
}

/**
 * Connections to the engine in this process. Each runs one statement at a time, so `size` statements run at once and
 * a long select holds up only itself.
 */
export function createSessionPool(options: {
  readonly directory: string
  readonly engineArguments: readonly string[]
  readonly size: number
  /** Runs on every connection before its first use. */
  readonly setUp: string
}): SessionPool {
  const { directory, engineArguments, size, setUp } = options
  const open = (): Slot => {
    const session = new chdb.Session(directory, { connectionArgs: [...engineArguments] })
    session.query(setUp)
    return { session, database: 'default' }
  }
  const slots = Array.from({ length: size }, open)
  const idle = slots.slice()
  const waiting: Array<(slot: Slot) => void> = []

  async function acquire(): Promise<Slot> {
    const slot = idle.pop()
    if (slot !== undefined) return slot
    if (waiting.length >= WAITING_MAX)
      throw new EngineError('Code: 202. DB::Exception: Too many simultaneous queries', 202)
    return new Promise((resolve) => waiting.push(resolve))
  }

  function giveBack(slot: Slot): void {
    const next = waiting.shift()
    if (next === undefined) idle.push(slot)
    else next(slot)
  }

  return {
    async run(database, sql) {
      const slot = await acquire()
      try {
        if (slot.database !== database) {
          await slot.session.queryAsync(`USE ${identifier(database)}`)
          slot.database = database
        }
        const result = await slot.session.queryAsync(sql)
        return result.bytes()
      } catch (error) {
        throw toEngineError(error)
      } finally {
        giveBack(slot)
      }
    },
    close() {
      for (const { session } of slots) session.close()
    },
  }
}

function toEngineError(error: unknown): EngineError {
  const message = error instanceof Error ? error.message : String(error)
  const code = Number(/Code: (\d+)/.exec(message)?.[1] ?? 1001)
  return new EngineError(message, code)
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
