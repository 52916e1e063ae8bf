import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { setUpCollector } from './support/index.ts'

const test = setUpCollector()
const SCRIPT = fileURLToPath(new URL('../src/print-openapi.ts', import.meta.url))

it('prints the document that a running collector answers with', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { maxBuffer: 32 * 1024 * 1024 })
  const answer = await fetch(`${test.collector.url}/api/v1/openapi.json`)

  expect(JSON.parse(stdout)).toEqual(await answer.json())
})
