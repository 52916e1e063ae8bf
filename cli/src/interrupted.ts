/** The person pressed Ctrl-C. Ends the command with exit code 130, without a word. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}
