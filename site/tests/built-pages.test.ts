import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, it } from 'vitest'

/** The pages as files, as they were built. No browser is needed to see what is missing. */
const directory = inject('siteDirectory')
const repository = fileURLToPath(new URL('../..', import.meta.url))
const pages = new Map(
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => [urlOf(path), readFileSync(join(directory, path), 'utf8')] as const),
)
/** Answered by the collector, not by files. */
const OF_THE_COLLECTOR = /^\/(?:api\/|healthz$|readyz$)/

function urlOf(path: string): string {
  return `/${relative('.', path).split(sep).join('/')}`.replace(/index\.html$/, '')
}

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8')
}

function print(script: string): unknown {
  const output = execFileSync(process.execPath, [join(repository, script)], { maxBuffer: 32 * 1024 * 1024 })
  return JSON.parse(output.toString())
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set(Array.from(html.matchAll(/\sid="?([^"\s>]+)"?/g), ([, id = '']) => decode(id)))
}

function decode(text: string): string {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&#38;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
}

describe('the built pages', () => {
  it('are there', () => {
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining(['/', '/404.html', '/status/', '/docs/', '/docs/install/', '/docs/reference/sdk/']),
    )
  })

  it('link to nothing that is not there', () => {
    const dead = [...pages].flatMap(([page, html]) =>
      Array.from(html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g), ([, href = '']) => decode(href)).flatMap((href) => {
        if (/^[a-z][a-z0-9+.-]*:/i.test(href) || OF_THE_COLLECTOR.test(href)) return []
        const { pathname, hash } = new URL(href, `http://site${page}`)
        const target = pages.get(pathname) ?? pages.get(`${pathname}/`)
        if (target === undefined) {
          const file = statSync(join(directory, pathname), { throwIfNoEntry: false })
          return file?.isFile() === true ? [] : [`${page} links to ${href}`]
        }
        const id = decodeURIComponent(hash.slice(1))
        return id === '' || idsOf(target).has(id) ? [] : [`${page} links to ${href}, where nothing has this id`]
      }),
    )

    expect(dead).toEqual([])
  })

  it('have nothing inside that the content security policy refuses', () => {
    const refused = [...pages].flatMap(([page, html]) =>
      [/<script\b(?![^>]*\bsrc=)[^>]*>/i, /<style\b/i, /<[a-z][^>]*\sstyle=/i, /<[a-z][^>]*\son[a-z]+=/i].flatMap(
        (pattern) => {
          const found = pattern.exec(html)
          return found === null ? [] : [`${page}: ${found[0].slice(0, 120)}`]
        },
      ),
    )

    expect(refused).toEqual([])
  })

  it('each have a title and a sentence of their own', () => {
    const titles = new Map<string, string>()
    for (const [page, html] of pages) {
      if (page.startsWith('/app/') || page.startsWith('/gallery/')) continue
      const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? ''
      const description = /<meta name="description" content="([^"]{20,})"/.exec(html)?.[1]
      expect(title, page).not.toBe('')
      expect(description, page).toBeDefined()
      expect(titles.get(title), `${page} has the title of another page`).toBeUndefined()
      titles.set(title, page)
      expect(html.match(/<h1\b/g), page).toHaveLength(1)
    }
  })

  it('name no id twice', () => {
    const twice = [...pages].flatMap(([page, html]) => {
      const ids = Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id = '']) => id)
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${page}: ${id}`)
    })

    expect(twice).toEqual([])
  })
})

describe('the references', () => {
  it('have every export of the SDK', () => {
    const html = pages.get('/docs/reference/sdk/') ?? ''
    const names = ['sdk/src/index.ts', 'sdk/src/testing.ts'].flatMap((path) => exportsOf(read(path)))

    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name) => !html.includes(`<h3 id="${name.toLowerCase()}">${name}<`))).toEqual([])
  })

  it('have every command with its options', () => {
    interface Reference {
      readonly name: string
      readonly options: ReadonlyArray<{ readonly flags: string }>
      readonly commands: readonly Reference[]
    }
    const html = decode(pages.get('/docs/reference/cli/') ?? '')
    const flatten = (command: Reference): readonly Reference[] => [command, ...command.commands.flatMap(flatten)]
    const commands = flatten(print('cli/src/reference/print-reference.ts') as Reference).slice(1)

    expect(commands.length).toBeGreaterThan(40)
    expect(commands.filter(({ name }) => !html.includes(`id="${name.replaceAll(' ', '-')}"`))).toEqual([])
    const flags = commands.flatMap(({ options }) => options.map((option) => option.flags))
    expect(flags.filter((flag) => !html.includes(`>${flag}</code>`))).toEqual([])
  })

  it('have every route', () => {
    const { paths } = print('collector/src/print-openapi.ts') as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    }
    const html = [...pages]
      .filter(([page]) => page.startsWith('/docs/reference/api/'))
      .map(([, text]) => text)
      .join('')
    const routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `<span class="doc-method">${method.toUpperCase()}</span> <code>${path}</code>`,
      ),
    )

    expect(routes.length).toBeGreaterThan(60)
    expect(routes.filter((route) => !html.replaceAll(/<code class="[^"]*">/g, '<code>').includes(route))).toEqual([])
  })

  it('have every error code', () => {
    const html = pages.get('/docs/reference/errors/') ?? ''
    const codes = ['sdk/src/protocol/errors.ts', 'sdk/src/protocol/link-errors.ts'].flatMap((path) =>
      Array.from(read(path).matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm), ([, code = '']) => code),
    )

    expect(codes.length).toBeGreaterThan(40)
    expect(codes.filter((code) => !html.includes(`id="${code}"`))).toEqual([])
  })
})

/** Names that a file of the SDK exports, by its text. */
function exportsOf(source: string): readonly string[] {
  const lists = Array.from(source.matchAll(/^export (?:type )?\{([^}]+)\}/gm), ([, names = '']) =>
    names.split(',').map((name) => name.replace('type ', '').trim()),
  ).flat()
  const own = Array.from(source.matchAll(/^export (?:function|type|interface|const) (\w+)/gm), ([, name = '']) => name)
  return [...lists, ...own].filter((name) => name !== '')
}
