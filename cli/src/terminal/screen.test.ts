import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { openScreen } from './screen.ts'

function setUp(options: { readonly hasKeys: boolean }) {
  const written: string[] = []
  const raw: boolean[] = []
  const keys: string[] = []
  const stdout = Object.assign(new EventEmitter(), {
    columns: 40,
    rows: 10,
    write: (text: string) => written.push(text),
  })
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: options.hasKeys,
    setRawMode: (mode: boolean) => raw.push(mode),
    resume: () => undefined,
    pause: () => undefined,
  })
  const system = { stdin, stdout } as unknown as Parameters<typeof openScreen>[0]
  let resizes = 0
  const screen = openScreen(system, { onKey: (key) => keys.push(key), onResize: () => resizes++ })
  return { screen, stdin, stdout, written, raw, keys, resizes: () => resizes }
}

it('takes the terminal over and gives it back as it was', () => {
  const { screen, written, raw, stdin, stdout } = setUp({ hasKeys: true })
  const before = process.listenerCount('exit')
  screen.close()
  expect(written).toEqual(['\u001b[?1049h\u001b[?25l', '\u001b[?25h\u001b[?1049l'])
  expect(raw).toEqual([true, false])
  expect([stdin.listenerCount('data'), stdout.listenerCount('resize')]).toEqual([0, 0])
  expect(process.listenerCount('exit')).toBe(before - 1)
})

it('clears each line before it is written, so that a full one keeps its last column', () => {
  const { screen, written } = setUp({ hasKeys: false })
  screen.draw(['one', 'two'])
  screen.close()
  expect(written[1]).toBe('\u001b[?2026h\u001b[H\u001b[2Kone\r\n\u001b[2Ktwo\u001b[J\u001b[?2026l')
})

it('draws what did not change once, and again in another size', () => {
  const { screen, written, stdout, resizes } = setUp({ hasKeys: false })
  screen.draw(['one'])
  screen.draw(['one'])
  expect(written).toHaveLength(2)
  stdout.emit('resize')
  expect(resizes()).toBe(1)
  screen.draw(['one'])
  expect(written).toHaveLength(3)
  screen.close()
})

it('tells of keys, and of Ctrl-C by its name', () => {
  const { screen, stdin, keys } = setUp({ hasKeys: true })
  stdin.emit('data', Buffer.from('q'))
  stdin.emit('data', '\u0003')
  screen.close()
  expect(keys).toEqual(['q', 'ctrl-c'])
})

it('leaves the keyboard alone when it is none', () => {
  const { screen, raw, stdin } = setUp({ hasKeys: false })
  screen.close()
  expect([raw, stdin.listenerCount('data')]).toEqual([[], 0])
})

it('knows the size of a terminal that has none', () => {
  const { screen, stdout } = setUp({ hasKeys: false })
  expect(screen.size()).toEqual({ width: 40, height: 10 })
  Object.assign(stdout, { columns: 0, rows: undefined })
  expect(screen.size()).toEqual({ width: 80, height: 24 })
  screen.close()
})
