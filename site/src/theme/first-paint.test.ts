import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { parseThemeChoice, THEME_STORAGE_KEY, themeName } from './theme-choice.ts'

const SCRIPT = readFileSync(new URL('first-paint.js', import.meta.url), 'utf8')

function paint(getItem: (key: string) => string | null): Record<string, string> {
  const dataset: Record<string, string> = {}
  runInNewContext(SCRIPT, { localStorage: { getItem }, document: { documentElement: { dataset } } })
  return dataset
}

describe('the script before the first paint', () => {
  it.each(['light', 'dark'] as const)('shows the remembered %s theme', (choice) => {
    const stored = themeName(choice) ?? ''

    expect(paint((key) => (key === THEME_STORAGE_KEY ? stored : null))).toEqual({ theme: stored })
    expect(parseThemeChoice(stored)).toBe(choice)
  })

  it.each([[null], [''], ['dark'], ['"><script>']])('follows the system for %j', (stored) => {
    expect(paint(() => stored)).toEqual({})
    expect(parseThemeChoice(stored)).toBe('system')
  })

  it('follows the system when storage is refused', () => {
    const refuse = (): never => {
      throw new Error('refused')
    }

    expect(paint(refuse)).toEqual({})
  })
})
