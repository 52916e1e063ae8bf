import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of the built site with its gallery. */
    readonly siteDirectory: string
  }
}

const SITE = fileURLToPath(new URL('../..', import.meta.url))
const BUILD_TIMEOUT_MS = 170_000

/** Builds the site with its gallery, once for all tests of the browser. */
export default async function buildGallery(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-gallery-'))
  const astro = join(
    dirname(createRequire(join(SITE, 'package.json')).resolve('astro/package.json')),
    'bin',
    'astro.mjs',
  )
  await promisify(execFile)(process.execPath, [astro, 'build'], {
    cwd: SITE,
    timeout: BUILD_TIMEOUT_MS,
    env: {
      ...process.env,
      // Set by the test runner; the built code would be that of tests.
      NODE_ENV: 'production',
      VITEST: undefined,
      MCTRACK_SITE_GALLERY: '1',
      MCTRACK_SITE_OUT: directory,
      ASTRO_TELEMETRY_DISABLED: '1',
    },
  })
  project.provide('siteDirectory', directory)
  return () => rmSync(directory, { recursive: true })
}
