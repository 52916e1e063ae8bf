// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the variables of Compose files and texts of source code
import { expect, it } from 'vitest'
import { lineOf, maskSource } from './mask.ts'

/** What is left, with each text put back in square brackets. */
function shown(source: string): string {
  const { code, texts } = maskSource(source)
  return code.replace(/"(\d+)"/g, (_, index: string) => `[${texts[Number(index)]}]`)
}

it.each([
  ['a line comment', 'a() // b("c")', 'a() '],
  ['a block comment', 'a(/* "b" */ c)', 'a( c)'],
  ['a text in single quotes', "a('b')", 'a([b])'],
  ['a text with an escaped quote', "a('b\\'c', d)", "a([b\\'c], d)"],
  ['a text with a comment in it', "a('// b', c)", 'a([// b], c)'],
  ['a quote in a regular expression', "a(/['\"]/.test(b), 'c')", 'a(.test(b), [c])'],
  ['a slash in a class of a regular expression', "a(/[/'] '/g, 'c')", 'a(g, [c])'],
  ['a division', "a / b / c + 'd'", 'a / b / c + [d]'],
  ['a template', 'a(`import("b")`, c)', 'a([import("b")], c)'],
  ['code in a template', "a(`b${c('d')}e`)", 'a([b](c([d]))[e])'],
  ['braces of code in a template', 'a(`${b({ c: {} })}`, d)', 'a([](b({ c: {} }))[], d)'],
  ['a quote that nothing closes', "a('b\nc()", 'a([b]\nc()'],
])('reads %s', (_, source, expected) => {
  expect(shown(source).replace(/\n+/g, '\n')).toBe(expected)
})

it('keeps lines where they are', () => {
  const { code } = maskSource('/*\n*/ const a = `\n${b}\n`\nfind()')

  expect(lineOf(code, code.indexOf('find'))).toBe(5)
})
