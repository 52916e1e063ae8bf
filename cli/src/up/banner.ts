import { layoutFields } from '../terminal/fields.ts'
import type { Palette } from '../terminal/palette.ts'

/** What is said once the collector is ready. */
export interface BannerFacts {
  readonly url: string
  readonly metricsUrl: string
  readonly dataDirectory: string
  /** How commands are typed here, such as `npx -y pnpm mctrack`. */
  readonly commandName: string
  /** Flags without which other commands would not find this collector. */
  readonly commandFlags: string
  readonly hasNetwork: boolean
  /** Where the first owner makes an account; undefined where there is one. */
  readonly setUpUrl: string | undefined
}

/** The lines that greet who started the collector: where it is, what to type next, how to stop. */
export function layoutBanner(facts: BannerFacts, palette: Palette): readonly string[] {
  const { url, metricsUrl, dataDirectory, commandName, commandFlags, hasNetwork, setUpUrl } = facts
  const type = (command: string): string => `    ${palette.accent(`${commandName}${commandFlags} ${command}`)}`
  const first = ['networks create "My network"', 'keys create']
  return [
    '',
    `  ${palette.strong('MCTrack runs')} at ${palette.strong(url)}`,
    '',
    ...layoutFields(
      [
        ['Data', dataDirectory],
        ['Metrics', metricsUrl],
      ],
      palette.faint,
    ),
    '',
    ...(setUpUrl === undefined ? [] : layoutSetUp(setUpUrl, palette)),
    `  ${palette.faint('Next, in another terminal:')}`,
    ...(hasNetwork ? [] : first.map(type)),
    type('live --watch'),
    ...(hasNetwork ? [type('doctor')] : []),
    '',
    `  ${palette.faint('Ctrl-C stops it; what was taken is stored first.')}`,
    '',
  ]
}

function layoutSetUp(url: string, palette: Palette): readonly string[] {
  return [
    '  Make your account in a browser:',
    `    ${palette.strong(url)}`,
    `  ${palette.faint('The link works once, for an hour; "mctrack setup-link" makes another one.')}`,
    '',
  ]
}

/** How the person typed this command: through the workspace's script, or by its own name. */
export function commandNameOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['npm_lifecycle_event'] === undefined ? 'mctrack' : 'npx -y pnpm mctrack'
}
