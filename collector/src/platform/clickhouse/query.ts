/** A select and what is bound in it. */
export interface Query {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}
