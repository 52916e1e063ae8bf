import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)

/** Files and the names of tests that a page says are in them; a name stands behind the last file before it. */
function claimsOf(page: string): { readonly file: string; readonly name: string | undefined }[] {
  return page.split('\n').flatMap((line) => {
    let file = ''
    return Array.from(line.matchAll(/`([^`\s]+\.(?:test\.ts|json))`|"([^"]+)"/g)).flatMap(([, path, name]) => {
      if (path !== undefined) file = path
      return file === '' || !line.startsWith('- ') ? [] : [{ file, name }]
    })
  })
}

describe.each([
  ['docs/invariants.md', 50],
  ['docs/security.md', 40],
])('%s', (path, namesMin) => {
  const claims = claimsOf(readFileSync(new URL(path, root), 'utf8'))

  it('names tests', () => {
    expect(claims.filter(({ name }) => name !== undefined).length).toBeGreaterThan(namesMin)
  })

  it('says what is there', () => {
    const missing = claims.filter(({ file, name }) => {
      const test = new URL(file, root)
      return !existsSync(test) || (name !== undefined && !readFileSync(test, 'utf8').includes(name))
    })
    expect(missing).toEqual([])
  })
})
