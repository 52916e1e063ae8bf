import type { System } from '../system.ts'

const ESC = '\u001b['
const ENTER = `${ESC}?1049h${ESC}?25l`
const LEAVE = `${ESC}?25h${ESC}?1049l`
/** Terminals that know it show the frame as a whole; the others ignore it. */
const BEGIN_FRAME = `${ESC}?2026h${ESC}H`
const END_FRAME = `${ESC}J${ESC}?2026l`
/** Before a line, not after it: a terminal whose last column is filled would take that column away. */
const CLEAR_LINE = `${ESC}2K`
const SIZE_DEFAULT = { width: 80, height: 24 }
const CTRL_C = '\u0003'

/** The whole terminal, drawn again and again, and left as it was found. */
export interface Screen {
  size(): { readonly width: number; readonly height: number }
  /** Draws the lines from the top; each must fit the width. */
  draw(lines: readonly string[]): void
  close(): void
}

/**
 * Takes the terminal over.
 *
 * @param handlers.onResize told when the terminal has another size
 * @param handlers.onKey told about keys; Ctrl-C comes as `ctrl-c`
 */
export function openScreen(
  { stdin, stdout }: Pick<System, 'stdin' | 'stdout'>,
  handlers: { readonly onResize: () => void; readonly onKey: (key: string) => void },
): Screen {
  let shown = ''
  const readsKeys = stdin.isTTY === true
  function onData(chunk: Buffer | string): void {
    const key = chunk.toString()
    handlers.onKey(key === CTRL_C ? 'ctrl-c' : key)
  }
  function onResize(): void {
    shown = ''
    handlers.onResize()
  }
  // Whatever ends the process, the terminal gets its cursor and its earlier text back.
  const leave = (): void => void stdout.write(LEAVE)

  stdout.write(ENTER)
  stdout.on('resize', onResize)
  process.once('exit', leave)
  if (readsKeys) {
    stdin.setRawMode(true)
    stdin.on('data', onData)
    stdin.resume()
  }
  return {
    size: () => ({
      width: stdout.columns || SIZE_DEFAULT.width,
      height: stdout.rows || SIZE_DEFAULT.height,
    }),
    draw(lines) {
      const frame = lines.map((line) => CLEAR_LINE + line).join('\r\n')
      if (frame === shown) return
      shown = frame
      stdout.write(BEGIN_FRAME + frame + END_FRAME)
    },
    close() {
      stdout.off('resize', onResize)
      process.off('exit', leave)
      if (readsKeys) {
        stdin.off('data', onData)
        stdin.setRawMode(false)
        stdin.pause()
      }
      leave()
    },
  }
}
