/** What the parent passes, as JSON in the first argument. Nothing secret: every user of the machine can read it. */
export interface EmbeddedServerOptions {
  readonly directory: string
  readonly port: number
  readonly engineArguments: readonly string[]
  readonly connections: number
}

/** Environment variable in which the parent passes the password; only the user who runs it can read it. */
export const PASSWORD_VARIABLE = 'MCTRACK_EMBEDDED_PASSWORD'
