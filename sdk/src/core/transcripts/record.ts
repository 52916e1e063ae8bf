/**
 * Writes the transcripts: `node sdk/src/core/transcripts/record.ts`. Each is a list of steps, an input and the outputs
 * that the core must give for it. Any runtime that carries the core can replay them. Look at the difference before you
 * commit it: a change here is a change of behaviour.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { toTaggedJson } from '../../protocol/tagged-json.ts'
import { createCore } from '../core.ts'
import { identity, scenarios } from './scenarios.ts'

const directory = new URL('./', import.meta.url)
for (const name of readdirSync(directory)) if (name.endsWith('.json')) rmSync(new URL(name, directory))
for (const { name, about, inputs } of scenarios) {
  const core = createCore(identity)
  const steps = inputs.map((input) => ({ input, outputs: core.step(input) }))
  const json = toTaggedJson({ name, about, identity, steps })
  writeFileSync(new URL(`${name}.json`, directory), `${JSON.stringify(json, null, 2)}\n`)
}
