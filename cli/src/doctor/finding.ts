/** What one check of the doctor found. */
export interface Finding {
  /** Stable name for scripts. */
  readonly name: string
  readonly result: 'pass' | 'warn' | 'fail'
  /** What is the case, as a sentence. */
  readonly message: string
  /** What to do about it; null when nothing needs doing. */
  readonly remedy: string | null
}

/** All is well here. */
export function pass(name: string, message: string): Finding {
  return { name, result: 'pass', message, remedy: null }
}

/** It works, but somebody should look. */
export function warn(name: string, message: string, remedy: string): Finding {
  return { name, result: 'warn', message, remedy }
}

/** It does not work. */
export function fail(name: string, message: string, remedy: string): Finding {
  return { name, result: 'fail', message, remedy }
}
