/** What the outside gives a command: its line, its environment and its three streams. */
export interface System {
  /** Without the program's own name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Unix milliseconds. */
  readonly now: () => number
}
