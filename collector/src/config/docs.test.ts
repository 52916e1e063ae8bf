import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createMetrics } from '../platform/metrics.ts'
import { SETTINGS } from './env.ts'

const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
/** Rows of the document's tables, as their cells. */
const rows = operations
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

it.each(Object.entries(SETTINGS))('docs/operations.md names %s with its flag and default', (name, setting) => {
  const [, flag, fallback] = rows.find(([first]) => first === `\`${name}\``) ?? []
  expect(flag).toBe(`\`${setting.flag}\``)
  if (setting.fallback === undefined) expect(fallback).not.toMatch(/^`?$/)
  else expect(fallback).toBe(`\`${setting.fallback}\``)
})

it('docs/operations.md names every metric of ours and its kind', async () => {
  const metrics = (await createMetrics().registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('mctrack_'))
  expect(metrics.length).toBeGreaterThan(5)
  const written = rows.filter(([first]) => first?.startsWith('`mctrack_')).map(([name, kind]) => [name, kind])
  expect(written).toEqual(metrics.map(({ name, type }) => [`\`${name}\``, String(type)]))
})
