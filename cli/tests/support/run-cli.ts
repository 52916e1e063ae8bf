import { Readable, Writable } from 'node:stream'
import { run } from '../../src/run.ts'

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  // Tests look into answers field by field.
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command printed
  json(): any
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Columns of the terminal that both outputs are; undefined when they are pipes. */
  readonly columns?: number
  readonly now?: () => number
  /** What comes on standard input, which is no terminal. */
  readonly stdin?: string
  /** Told about everything written to standard output so far. */
  readonly onStdout?: (text: string) => void
}

/** Runs a command in this process, with outputs that are read afterwards. Nobody types anything. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, columns, now = Date.now, onStdout, stdin = '' } = options
  const said = { stdout: '', stderr: '' }
  const writerTo = (name: keyof typeof said): NodeJS.WriteStream => {
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        said[name] += String(chunk)
        if (name === 'stdout') onStdout?.(said.stdout)
        done()
      },
    })
    return Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }) as unknown as NodeJS.WriteStream
  }
  const code = await run({
    args,
    env,
    stdin: Object.assign(Readable.from([stdin]), { isTTY: false }) as unknown as NodeJS.ReadStream,
    stdout: writerTo('stdout'),
    stderr: writerTo('stderr'),
    now,
  })
  return { code, ...said, json: () => JSON.parse(said.stdout) }
}
