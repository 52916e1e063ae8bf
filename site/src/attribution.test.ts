import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COUNTRY_ATTRIBUTION } from './attribution.ts'

it('says the same as the collector', () => {
  const about = readFileSync(new URL('../../collector/src/about.ts', import.meta.url), 'utf8')

  expect(about).toContain(`'${COUNTRY_ATTRIBUTION}'`)
})
