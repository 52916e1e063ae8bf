import type { System } from '../system.ts'
import { fitWidth } from './display-width.ts'

const CLEAR_LINE = '\r\u001b[K'
const WIDTH_DEFAULT = 80

/** One line on standard error that says how far long work is. Says nothing when standard error is no terminal. */
export interface Progress {
  show(text: string): void
  /** Takes the line away. */
  clear(): void
}

export function createProgress({ stderr }: System, options: { readonly isJson: boolean }): Progress {
  const isShown = stderr.isTTY === true && !options.isJson
  return {
    show: (text) => void (isShown && stderr.write(CLEAR_LINE + fitWidth(text, (stderr.columns || WIDTH_DEFAULT) - 1))),
    clear: () => void (isShown && stderr.write(CLEAR_LINE)),
  }
}
