import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { weighPages } from './bundle-budget.ts'

/**
 * Names in each document of the dashboard the code that it is going to need, so that a browser asks for all of it at once
 * instead of finding one file in the other. A page's own code is the chunk that is called like it: `live-page`.
 */
export function preloadPages(): AstroIntegration {
  return {
    name: 'mctrack:preload-pages',
    hooks: { 'astro:build:done': ({ dir }) => writePreloads(fileURLToPath(dir)) },
  }
}

/** Writes the links into the documents below `app/` of a built site. */
export function writePreloads(directory: string): void {
  const weights = weighPages(directory)
  const shared = (weights[0]?.files ?? []).filter((file) => weights.every(({ files }) => files.includes(file)))
  for (const entry of readdirSync(join(directory, 'app'), { withFileTypes: true, recursive: true })) {
    if (entry.name !== 'index.html') continue
    const path = join(entry.parentPath, entry.name)
    const page = /app[\\/]([a-z-]+)[\\/]index\.html$/.exec(path)?.[1] ?? 'live'
    const own = weights.find(({ chunk }) => chunk.includes(`/${page}-page.`))
    const html = readFileSync(path, 'utf8')
    const files = [...new Set([...shared, ...(own?.files ?? [])])].filter((file) => !html.includes(`src="/${file}"`))
    const links = files.map((file) => linkTo(file, own?.laterFiles.includes(file) === true)).join('')
    writeFileSync(path, html.replace('</head>', `${links}</head>`))
  }
}

/** What is needed later is fetched now as well, but not compiled before the first paint. */
function linkTo(file: string, isLater: boolean): string {
  const how = isLater ? 'rel="preload" as="script" crossorigin' : 'rel="modulepreload"'
  return `<link ${how} href="/${file}">`
}
