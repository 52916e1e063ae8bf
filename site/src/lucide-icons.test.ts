import { describe, expect, it } from 'vitest'
import { lucideIcons, toPath } from '../build/lucide-icons.ts'

const svg = (shapes: string): string => `<!-- licence -->\n<svg\n  class="x"\n>\n${shapes}\n</svg>`

describe('toPath', () => {
  it('puts all shapes into one path', () => {
    expect(toPath(svg('<path d="m21 21-4 4" />\n<path d="M2 5h20" />'))).toBe('M0 0m21 21-4 4M2 5h20')
    expect(toPath(svg('<line x1="6" x2="6.01" y1="6" y2="7" />'))).toBe('M6 6L6.01 7')
    expect(toPath(svg('<circle cx="12" cy="12" r="2" />'))).toBe('M10 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z')
    expect(toPath(svg('<rect width="7" height="9" x="3" y="3" />'))).toBe('M3 3h7v9h-7z')
    expect(toPath(svg('<rect width="20" height="8" x="2" y="2" rx="2" ry="2" />'))).toContain('a2 2 0 0 1 2 2')
  })

  it('refuses a shape that it does not know', () => {
    expect(() => toPath(svg('<text x="1">a</text>'))).toThrow('<text>')
  })
})

describe('lucideIcons', () => {
  it('finds icons by name, and nothing else', () => {
    const plugin = lucideIcons()
    const id = plugin.resolveId('lucide:search') ?? ''

    expect(plugin.load(id)).toMatch(/^export const path = "M/)
    expect(plugin.resolveId('solid-js')).toBeUndefined()
    expect(() => plugin.load(`${id}/../../package`)).toThrow('not the name')
  })
})
