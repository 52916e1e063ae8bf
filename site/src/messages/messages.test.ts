import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plural, pseudoMessages } from './define-messages.ts'
import { toPseudo } from './pseudo.ts'

const ROOT = new URL('..', import.meta.url)
const COMPONENTS = globSync('**/*.tsx', { cwd: ROOT }).filter((path) => !path.startsWith('gallery/'))
/** Names of things are the same in every language. */
const NAMES = new Set(['MCTrack'])

describe('the pseudo-locale', () => {
  it('is accented and about a third longer', () => {
    const english = 'Leave this page open. It notices the moment your server connects.'
    const pseudo = toPseudo(english)

    expect(pseudo).not.toMatch(/[a-z]/i)
    expect(pseudo.length / english.length).toBeGreaterThan(1.28)
    expect(pseudo.length / english.length).toBeLessThan(1.4)
  })

  it('leaves what is put in later, and what has no letters', () => {
    expect(toPseudo('{name} joined from {domain}')).toMatch(/^\[\{name\} .* \{domain\}.*\]$/)
    expect(toPseudo('–')).toBe('–')
  })

  it('takes fixed texts and those that are made from values', () => {
    const table = pseudoMessages({
      title: 'Live',
      servers: (count: number) => `${count} ${plural(count, 'server', 'servers')}`,
    })

    expect(table.title).toBe(toPseudo('Live'))
    expect(table.servers(6)).toBe(toPseudo('6 servers'))
  })
})

describe('components', () => {
  it.each(COMPONENTS)('%s has no text of its own', (path) => {
    const source = readFileSync(new URL(path, ROOT), 'utf8')
    const texts = [
      ...source.matchAll(/>\s*([^<>{}();=]*[A-Za-z]{2,}[^<>{}();=]*)<\/[a-z]/gi),
      ...source.matchAll(
        /\s(?:title|placeholder|aria-label|alt|label|heading|sentence|help)="([^"]*[A-Za-z]{2,}[^"]*)"/g,
      ),
    ].map(([, text]) => text?.trim() ?? '')

    expect(texts.filter((text) => !NAMES.has(text))).toEqual([])
  })

  it.each(COMPONENTS)('%s writes no HTML from data and no style that the policy refuses', (path) => {
    const source = readFileSync(new URL(path, ROOT), 'utf8')

    expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bstyle="/)
    // A style without a changing value is written into the template, where the policy refuses it.
    for (const [, style = ''] of source.matchAll(/\sstyle=\{\{([^}]*)\}\}/g)) {
      expect(style).not.toMatch(/:\s*(?:'[^']*'|"[^"]*"|\d+)\s*(?:,|$)/)
    }
  })
})
