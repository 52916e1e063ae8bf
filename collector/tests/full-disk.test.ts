import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  FRAME,
  LANE,
  sessionFields,
  startTestCollector,
  type TestCollector,
  until,
} from './support/index.ts'

const mount = mkdtempSync(join(tmpdir(), 'mctrack-full-'))
/** Only root may mount; elsewhere there is no small disk to fill. */
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', mount]).status === 0
let collector: TestCollector | undefined
const FILL = join(mount, 'fill')
const fillDisk = () => spawnSync('sh', ['-c', `head -c 500000000 /dev/zero > ${FILL}`])
afterAll(async () => {
  await collector?.remove()
  spawnSync('umount', ['-l', mount])
  rmSync(mount, { recursive: true, force: true })
})

it.runIf(canMount)('a disk that is full stops a start with a sentence', async () => {
  fillDisk()
  await expect(startTestCollector({ dataDirectory: join(mount, 'never') })).rejects.toThrow(/the disk is full/)
  rmSync(FILL)
})

it.runIf(canMount)(
  'a disk that fills up while it runs: nothing is acknowledged that is not stored, CCU goes on, and space mends it',
  async () => {
    mkdirSync(join(mount, 'data'))
    const running = await startTestCollector({ dataDirectory: join(mount, 'data') })
    collector = running
    const { url, endpoint } = running
    const { key, path } = await createNetwork(running)
    const socket = await connectRaw(endpoint, key)
    await socket.hello()
    socket.snapshot(0, [])
    fillDisk()

    const starts = (count: number) => Array.from({ length: count }, () => [1, sessionFields(), null])
    socket.batch(LANE.sessions, 1, starts(200))
    const live = async () => (await ask(running, 'GET', `${path}/live`)).body.total
    expect(await until(live, (total) => total === 200)).toBe(200)
    await until(
      async () => (await (await fetch(`${url}/readyz`)).json()) as { status: string },
      ({ status }) => status !== 'ready',
      20_000,
    )
    expect(socket.unread().filter(([type]) => type === FRAME.ack)).toEqual([])
    rmSync(FILL)
    await socket.acknowledged(LANE.sessions, 200)
    const { sessions } = (await ask(running, 'GET', `${path}/sessions?limit=500`)).body
    expect(sessions).toHaveLength(200)
    socket.close()
  },
)
