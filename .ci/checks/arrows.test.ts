import { describe, expect, it } from 'vitest'
import { checkArrows } from './arrows.ts'
import { createFixtureTree } from './fixture-tree.ts'

/** A small project in which every arrow points the right way. */
const SOUND: Readonly<Record<string, string>> = {
  'sdk/package.json': '{}',
  'sdk/src/index.ts': "export * from './node/client.ts'",
  'sdk/src/protocol/index.ts': "export * from './codec.ts'",
  'sdk/src/protocol/codec.ts': "import { Packr } from 'msgpackr'",
  'sdk/src/core/index.ts': "import { encode } from '../protocol/index.ts'",
  'sdk/src/core/index.test.ts': "import { readFileSync } from 'node:fs'",
  'sdk/src/node/client.ts': "import '../core/index.ts'\nimport WebSocket from 'ws'\nimport 'node:fs'",
  'sdk/src/simulator/index.ts': "export * from './run.ts'",
  'sdk/src/simulator/run.ts': "import '../node/client.ts'\nimport type { Id } from '../protocol/index.ts'",
  'collector/src/demo/simulate.ts': "import '@mctrack/sdk/simulator'",
  'collector/package.json': '{}',
  'collector/src/app.ts': "import './live/index.ts'\nimport './keys/index.ts'\nimport './config/config.ts'",
  'collector/src/about.ts': "import './keys/index.ts'",
  'collector/src/config/config.ts': "import 'node:fs'",
  'collector/src/platform/log.ts': "import { pino } from 'pino'",
  'collector/src/keys/index.ts': "import '../platform/log.ts'\nimport '@mctrack/sdk/protocol'",
  'collector/src/live/index.ts': "export * from './registry.ts'\nimport '../keys/index.ts'",
  'collector/src/live/registry.ts': "import type { Id } from '@mctrack/sdk/core'",
  'collector/tests/join.test.ts': "import { createClient } from '@mctrack/sdk'\nimport '../src/live/index.ts'",
  'cli/package.json': '{}',
  'cli/src/api.ts': "import type { ApiV1 } from '@mctrack/collector/api'",
  'cli/src/up.ts': "import.meta.resolve('@mctrack/collector/main')",
  'collector/bench/receive.ts': "import '../src/ingest/decode/reader.ts'",
  'cli/tests/up.test.ts': "import '@mctrack/collector/testing'",
  'site/package.json': '{}',
  'site/src/pages/index.astro': "---\nimport Page from '../page.astro'\n---\n<p>import 'pg'</p>",
}

function check(changes: Readonly<Record<string, string>>): readonly string[] {
  return checkArrows(createFixtureTree({ ...SOUND, ...changes }))
}

it('has nothing to say about a sound project', () => {
  expect(check({})).toEqual([])
})

it('says when there is nothing to check', () => {
  expect(checkArrows(createFixtureTree({ 'README.md': '' }))).toHaveLength(1)
})

describe('one arrow', () => {
  it.each([
    ['sdk/src/protocol/codec.ts', "import '../core/index.ts'", 'the protocol imports nothing of ours'],
    ['sdk/src/protocol/frames.ts', "import { Packr } from 'msgpackr'", 'msgpackr stands in codec.ts alone'],
    ['sdk/src/protocol/codec.ts', "import 'node:buffer'", 'the protocol knows no package'],
    ['sdk/src/core/link.ts', "import '../node/client.ts'", 'the core imports only itself and the protocol'],
    ['sdk/src/core/link.ts', "import type { Packr } from 'msgpackr'", 'the core imports only itself'],
    ['sdk/src/core/link.ts', "import { isIP } from 'node:net'", 'a pure file does no I/O'],
    ['sdk/src/node/client.ts', "import '../index.ts'", 'sdk/src/node/ imports only itself'],
    ['sdk/src/node/client.ts', "import '../simulator/run.ts'", 'nothing else in the SDK knows the simulator'],
    ['sdk/src/index.ts', "export * from './simulator/index.ts'", 'nothing else in the SDK knows the simulator'],
    ['sdk/src/simulator/run.ts', "import '../testing.ts'", 'the simulator imports only itself'],
    ['sdk/src/simulator/run.ts', "import '@mctrack/cli'", 'the SDK knows none of our other packages'],
    ['collector/src/keys/keys.ts', "import '@mctrack/sdk/simulator'", 'only the demo network simulates'],
    ['sdk/src/node/client.ts', "import '@mctrack/collector/api'", 'the SDK knows none of our other packages'],
    ['collector/src/keys/keys.ts', "import { createClient } from '@mctrack/sdk'", 'the collector knows the SDK by'],
    ['collector/src/keys/keys.ts', "import '../../../sdk/src/core/index.ts'", 'a package reaches another by its name'],
    ['collector/src/keys/keys.ts', "import '@mctrack/cli'", 'no other package of ours'],
    [
      'cli/src/api.ts',
      "import { createApi } from '@mctrack/collector/api'",
      'the command line knows the collector by types',
    ],
    ['cli/src/api.ts', "import { type ApiV1 } from '@mctrack/collector/api'", 'the command line knows the collector'],
    ['cli/src/up.ts', "await import('@mctrack/collector/main')", "starts '@mctrack/collector/main' by its address"],
    ['cli/src/up.ts', "import '@mctrack/collector/testing'", 'in tests alone'],
    ['cli/src/up.ts', "import '../../collector/src/version.ts'", 'a package reaches another by its name'],
    ['site/src/live.ts', "import { createApi } from '@mctrack/collector/api'", 'the site knows the collector by types'],
    ['site/src/pages/index.astro', "---\nimport '@mctrack/collector/main'\n---", 'the site knows the collector'],
    ['site/src/pages/index.astro', "<p/>\n<script>\nimport '@mctrack/sdk'\n</script>", 'the site knows the collector'],
    ['collector/src/keys/keys.ts', "import '../live/registry.ts'", 'a feature is imported through its index.ts'],
    ['collector/src/app.ts', "import './live/registry.ts'", 'a feature is imported through its index.ts'],
    ['collector/src/platform/log.ts', "import '../live/index.ts'", 'the platform imports no feature'],
    ['collector/src/platform/log.ts', "import '../config/config.ts'", 'the platform imports no feature'],
    ['collector/src/config/config.ts', "import '../keys/index.ts'", 'the configuration imports no feature'],
    ['collector/src/live/registry.ts', "import { sql } from 'kysely'", 'a pure file does no I/O'],
    ['collector/src/live/rows/session-row.ts', "import 'node:fs/promises'", 'a pure file does no I/O'],
    ['collector/src/keys/build-keys-query.ts', "import 'pg'", 'a pure file does no I/O'],
    ['collector/src/keys/check-name.ts', "import '../config/config.ts'", 'a pure file knows no configuration'],
  ])('of %s is refused: %s', (file, source, reason) => {
    const line = source.includes('\n') ? expect.any(Number) : 1
    const problems = check({ [file]: source })

    expect(problems.filter((problem) => problem.includes(reason))).toHaveLength(1)
    if (line === 1) expect(problems[0]).toContain(`${file}:1 `)
  })
})

describe('many arrows', () => {
  it('refuses a second place of wiring', () => {
    expect(check({ 'collector/src/about.ts': "import './keys/index.ts'\nimport './live/index.ts'" })).toEqual([
      'collector/src/about.ts imports from keys and live: only app.ts, accounts.ts, tenants.ts, main.ts, api.ts, databases.ts may know several features.',
    ])
  })

  it('refuses features that know each other, though no file does', () => {
    expect(
      check({
        'collector/src/keys/index.ts': "export * from './a.ts'",
        'collector/src/keys/b.ts': "import '../live/index.ts'",
      }),
    ).toEqual([
      'The features keys → live → keys go in a circle (collector/src/keys/b.ts:1, collector/src/live/index.ts:2).',
    ])
  })

  it('refuses files that import each other, types included', () => {
    expect(
      check({
        'cli/src/a.ts': "import './b.ts'",
        'cli/src/b.ts': "import './c.ts'",
        'cli/src/c.ts': "\nimport type { A } from './a.ts'",
      }),
    ).toEqual([
      'The files cli/src/a.ts → cli/src/b.ts → cli/src/c.ts → cli/src/a.ts import each other in a circle (cli/src/a.ts:1, cli/src/b.ts:1, cli/src/c.ts:2).',
    ])
  })
})
