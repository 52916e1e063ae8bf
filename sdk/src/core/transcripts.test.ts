import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { scenarios } from '../../fixtures/scenarios.ts'
import { fromTaggedJson, toTaggedJson } from '../protocol/tagged-json.ts'
import { createCore } from './core.ts'
import type { Identity } from './link.ts'
import type { Input } from './messages.ts'

interface Transcript {
  readonly name: string
  readonly identity: Identity
  readonly steps: ReadonlyArray<{ readonly input: Input; readonly outputs: unknown }>
}

const directory = new URL('../../fixtures/transcripts/', import.meta.url)
const files = readdirSync(directory).filter((name) => name.endsWith('.json'))

it.each(files)('replays %s', (file) => {
  const json: unknown = JSON.parse(readFileSync(new URL(file, directory), 'utf8'))
  const { identity, steps } = fromTaggedJson(json) as Transcript
  const core = createCore(identity)
  for (const [place, { input, outputs }] of steps.entries()) {
    expect(toTaggedJson(core.step(input)), `step ${place}`).toEqual(toTaggedJson(outputs))
  }
})

it('has a transcript of every scenario', () => {
  expect(new Set(files.map((file) => file.replace('.json', '')))).toEqual(new Set(scenarios.map(({ name }) => name)))
})
