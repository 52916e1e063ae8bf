import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpCollector } from '@mctrack/collector/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunOptions, runCli } from './support/run-cli.ts'

const NOTCH = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const test = setUpCollector()
let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Commands as the operator of the collector gives them, with a memory of their own and about one network. */
async function setUp(name: string) {
  const env = { MCTRACK_DATA_DIR: test.collector.dataDirectory, MCTRACK_CONFIG_DIR: join(directory, name) }
  const mctrack = (args: readonly string[], options: RunOptions = {}) => runCli(args, { ...options, env })
  const network = (await mctrack(['networks', 'create', name, '--json'])).json()
  const ingest = async (path: string, body: unknown) => {
    const { key } = (await mctrack(['keys', 'create', '--json'])).json()
    const headers = { 'x-api-key': key, 'content-type': 'application/json' }
    const url = `${test.collector.url}/v1/ingest${path}`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as { readonly sessionId: string }
  }
  /** A player who was there and left. */
  const visit = async () => {
    const { sessionId } = await ingest('/session/start', { server: 'lobby', uuid: NOTCH, name: 'Notch' })
    await ingest('/session/end', { sessionId })
    return sessionId
  }
  return { mctrack, network, visit }
}

describe('networks', () => {
  it('are deleted by their name given again, and taken back', async () => {
    const { mctrack, network } = await setUp('Doomed')
    expect(await mctrack(['networks', 'delete', 'Doomed'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--confirm "Doomed"'),
    })
    expect(await mctrack(['networks', 'delete', 'doomed', '--confirm', 'doomed'])).toMatchObject({
      code: 6,
      stdout: '',
    })
    const deleted = await mctrack(['networks', 'delete', 'Doomed', '--confirm', 'Doomed'])
    expect(deleted.code).toBe(0)
    expect(deleted.stderr).toMatch(/Doomed takes no more data, and will be gone on \d{4}-\d\d-\d\d/)
    expect(deleted.stderr).toContain(`networks undelete ${network.id}`)
    expect(deleted.stdout).toMatch(/Gone on +\d{4}-/)
    expect((await mctrack(['networks', 'list', '--archived'])).stdout).toMatch(/gone on/i)
    expect(await mctrack(['networks', 'restore', 'Doomed'])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Take the deletion back first'),
    })
    const back = await mctrack(['networks', 'undelete', 'Doomed'])
    expect(back).toMatchObject({ code: 0, stderr: expect.stringContaining('Doomed stays, and takes data again') })
    expect((await mctrack(['networks', 'show', '--json'])).json()).toEqual(network)
    expect((await mctrack(['networks', 'undelete', 'Doomed', '--json'])).json()).toEqual(network)
  })
})

describe('players', () => {
  it('are exported as one document, and erased by their name given again', async () => {
    const { mctrack, network, visit } = await setUp('Forgetful')
    const sessionId = await visit()
    const exported = await mctrack(['players', 'export', NOTCH.replaceAll('-', '')])
    expect(exported.code).toBe(0)
    expect(exported.json()).toMatchObject({ networkId: network.id, playerId: NOTCH, sessions: [{ sessionId }] })
    expect((await mctrack(['players', 'export', NOTCH], { columns: 80 })).json()).toMatchObject({ playerId: NOTCH })

    expect(await mctrack(['players', 'erase', 'Notch'])).toMatchObject({ code: 2 })
    expect(await mctrack(['players', 'erase', NOTCH])).toMatchObject({ code: 2 })
    expect(await mctrack(['players', 'erase', NOTCH, '--confirm', 'Herobrine'])).toMatchObject({ code: 6 })
    expect(await mctrack(['players', 'erase', NOTCH, '--confirm', 'Notch'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/Erased \d+ rows of/),
    })
    expect(await mctrack(['players', 'export', NOTCH])).toMatchObject({ code: 3, stdout: '' })
    expect(await mctrack(['players', 'opt-outs'])).toMatchObject({ code: 0, stderr: expect.stringContaining('Nobody') })
    expect(await mctrack(['players', 'opt-out', NOTCH.replaceAll('-', '')])).toMatchObject({ code: 0 })
    expect((await mctrack(['players', 'opt-outs'])).stdout).toContain(NOTCH)
    expect((await mctrack(['players', 'opt-outs', '--json'])).json()).toMatchObject([{ playerId: NOTCH }])
    expect(await mctrack(['players', 'opt-in', NOTCH])).toMatchObject({ code: 0 })
    expect(await mctrack(['players', 'opt-in', NOTCH])).toMatchObject({ code: 3 })
    await visit()
    const again = await mctrack(['players', 'erase', NOTCH, '--confirm', NOTCH, '--json'])
    expect(again.json()).toMatchObject({ playerId: NOTCH, rows: expect.any(Number), erasedAtMs: expect.any(Number) })
  })
})
