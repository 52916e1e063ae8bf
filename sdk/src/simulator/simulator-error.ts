import { ERROR_CODES, type ErrorCode } from '../protocol/index.ts'

/** Why a simulation cannot go on: a code of the one table, and a sentence with what to do. */
export class SimulatorError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string = ERROR_CODES[code].sentence) {
    super(message)
    this.name = 'SimulatorError'
    this.code = code
  }
}
