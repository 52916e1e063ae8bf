import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/invariants.md', root), 'utf8')
/** Files and the names of tests that the page says are in them; a name stands behind the last file before it. */
const claims = page.split('\n').flatMap((line) => {
  let file = ''
  return Array.from(line.matchAll(/`([^`\s]+\.(?:test\.ts|json))`|"([^"]+)"/g)).flatMap(([, path, name]) => {
    if (path !== undefined) file = path
    return file === '' || !line.startsWith('- ') ? [] : [{ file, name }]
  })
})

it('finds what the page claims', () => {
  expect(claims.filter(({ name }) => name !== undefined).length).toBeGreaterThan(50)
})

it('docs/invariants.md says what is there', () => {
  const missing = claims.filter(({ file, name }) => {
    const path = new URL(file, root)
    return !existsSync(path) || (name !== undefined && !readFileSync(path, 'utf8').includes(name))
  })
  expect(missing).toEqual([])
})
