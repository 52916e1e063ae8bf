import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextPath } from './next-path.ts'

const BASE = 'https://mctrack.example/sign-in/'
const at = (next: string) => nextPath(`?next=${encodeURIComponent(next)}`, BASE)

it('goes back to where somebody was in the dashboard', () => {
  expect(at('/app/players/?search=a%20b')).toBe('/app/players/?search=a%20b')
  expect(nextPath('', BASE)).toBe('/app/')
})

it.each([
  'https://evil.example/app/',
  '//evil.example/app/',
  '/\\evil.example/app/',
  '\\\\evil.example/app/',
  'javascript:alert(1)',
  '/app/../..//evil.example',
  '/sign-in/',
  '/app/\t/../../x',
  'app/',
  'http://[',
  ' /app/',
])('never goes to %j', (next) => {
  expect(at(next)).toBe('/app/')
})

it('stays in the dashboard, whatever is asked for', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (next) => {
      const url = new URL(at(next), BASE)
      expect(url.origin).toBe('https://mctrack.example')
      expect(url.pathname.startsWith('/app/')).toBe(true)
    }),
  )
})
