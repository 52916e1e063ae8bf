import { formatDuration } from '../format/durations.ts'
import type { Output } from '../output.ts'
import { buildSite, isSiteStale, SITE_DIRECTORY } from './site.ts'

/** Builds the site when its sources are newer than what was built of them, and says so. Without it all else works. */
export async function prepareSite(
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
  now: () => number,
): Promise<void> {
  if (!isSiteStale(SITE_DIRECTORY)) return
  output.note('Building the site, because its sources are newer …')
  const startedMs = now()
  const build = await buildSite(SITE_DIRECTORY, env)
  if (build.kind === 'built') return output.done(`Built the site in ${formatDuration(now() - startedMs)}.`)
  output.warn(
    `The site could not be built, so it is served as it is, or not at all. Everything else works.\n${build.why}`,
  )
}
