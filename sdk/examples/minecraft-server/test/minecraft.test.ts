import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ask, createNetwork, until } from '../../../../collector/tests/support/api.ts'
import { startTestCollector, type TestCollector } from '../../../../collector/tests/support/collector.ts'
import { type Bot, joinServer } from '../src/bot.ts'
import { ChunkColumn, type Position } from '../src/minecraft.ts'
import { createReport, type Report } from '../src/report.ts'
import { type MinecraftServer, startMinecraftServer } from '../src/server.ts'

const HOST = '127.0.0.1'
const SERVER_NAME = 'minecraft-test'
/** Short enough to wait for, long enough that a busy machine throws nobody out. */
const KEEP_ALIVE = { keepAliveEveryMs: 500, keepAliveTimeoutMs: 4_000 }
const TIMEOUT_MS = 60_000

interface LiveCounts {
  readonly total: number
  readonly byServer: Readonly<Record<string, number>>
  readonly byGamemode: Readonly<Record<string, number>>
  readonly byDomain: Readonly<Record<string, number>>
  readonly byVersion: Readonly<Record<string, number>>
}

interface StoredSession {
  readonly sessionId: string
  readonly playerName: string
  readonly server: string
  readonly endReason: string | null
  readonly durationMs: number | null
  readonly afkMs: number
  readonly domain: string
  readonly version: string
  readonly gamemodes: ReadonlyArray<{ readonly gamemode: string; readonly endedAtMs: number | null }>
}

/** What the players typed as the server's address, and what it counts as. */
const PLAYERS = [
  { name: 'Quinn', hostname: 'play.example.net', domain: 'play.example.net' },
  { name: 'Kim', hostname: 'Play.Example.Net.', domain: 'play.example.net' },
  { name: 'Tim', hostname: 'summer.example.org', domain: 'summer.example.org' },
  { name: 'Stan', hostname: 'mods.example.com\0FML3\0', domain: 'mods.example.com' },
]

describe('a real Minecraft server with real clients', { timeout: TIMEOUT_MS }, () => {
  const spoolDirectory = mkdtempSync(join(tmpdir(), 'mctrack-minecraft-'))
  const problems: string[] = []
  const bots = new Map<string, Bot>()
  let collector: TestCollector
  let network: Awaited<ReturnType<typeof createNetwork>>
  let report: Report
  let server: MinecraftServer

  before(async () => {
    collector = await startTestCollector()
    network = await createNetwork(collector)
    report = createReport({
      key: network.key,
      endpoint: collector.endpoint,
      serverName: SERVER_NAME,
      spoolDirectory,
      gaugesEveryMs: 1_000,
      onProblem: ({ message }) => problems.push(message),
    })
    server = await startMinecraftServer(report, { host: HOST, port: 0, ...KEEP_ALIVE })
  })

  after(async () => {
    await Promise.all(Array.from(bots.values(), (bot) => bot.quit()))
    await server?.close()
    await report?.close()
    await collector?.remove()
    rmSync(spoolDirectory, { recursive: true, force: true })
  })

  async function load<Body>(path: string): Promise<Body> {
    const { status, body } = await ask(collector, 'GET', network.path + path)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

  const loadLive = (): Promise<LiveCounts> => load('/live')
  const loadAccepted = async (): Promise<number> => (await load<{ accepted: number }>('/ingest')).accepted

  function liveWhen(isRight: (counts: LiveCounts) => boolean): Promise<LiveCounts> {
    return until(loadLive, isRight)
  }

  async function enterAs(name: string, hostname: string): Promise<void> {
    bots.set(name, await joinServer({ host: HOST, port: server.port, name, hostname }))
  }

  function botOf(name: string): Bot {
    const bot = bots.get(name)
    if (bot === undefined) throw new Error(`${name} has not joined`)
    return bot
  }

  it('counts every player at once, by the host name that they typed', async () => {
    for (const [index, { name, hostname }] of PLAYERS.entries()) {
      await enterAs(name, hostname)
      await liveWhen(({ total }) => total === index + 1)
    }
    const counts = await loadLive()
    assert.deepEqual(counts.byDomain, { 'play.example.net': 2, 'summer.example.org': 1, 'mods.example.com': 1 })
    assert.deepEqual(counts.byServer, { [SERVER_NAME]: 4 })
    assert.deepEqual(counts.byGamemode, { lobby: 4 })
    assert.deepEqual(counts.byVersion, { '1.20.4': 4 })
  })

  it('puts players on solid ground, where they chat, walk and are saved from the void', async () => {
    const quinn = botOf('Quinn')
    await until(
      () => quinn.chunk(0, 0),
      (chunk) => chunk !== undefined,
    )
    const chunk = new ChunkColumn()
    chunk.load(quinn.chunk(0, 0) ?? new Uint8Array())
    const { x, y, z } = block(quinn.position())
    assert.notEqual(chunk.getBlockStateId({ x, y: y - 1, z }), 0, 'there is ground below the feet')
    assert.equal(chunk.getBlockStateId({ x, y, z }), 0, 'there is air around the feet')

    const spawn = quinn.position()
    const accepted = await loadAccepted()
    quinn.say('hello')
    await until(
      () => botOf('Kim').chat(),
      (lines) => lines.includes('<Quinn> hello'),
    )
    quinn.walkTo({ ...spawn, x: spawn.x + 3 })
    quinn.walkTo({ ...spawn, y: -5 })
    await until(
      () => quinn.position(),
      (position) => position.y === spawn.y,
    )
    await until(loadAccepted, (now) => now === accepted + 2)
  })

  it('follows players from game mode to game mode', async () => {
    botOf('Quinn').say('/survival')
    botOf('Kim').say('/skyblock')
    await liveWhen(({ byGamemode }) => sameCounts(byGamemode, { lobby: 2, survival: 1, skyblock: 1 }))
    assert.equal(botOf('Quinn').world(), 'example:survival')
    assert.equal(botOf('Kim').world(), 'example:skyblock')
    botOf('Quinn').say('/skyblock')
    botOf('Tim').say('/survival')
    await liveWhen(({ byGamemode }) => sameCounts(byGamemode, { lobby: 1, survival: 1, skyblock: 2 }))
  })

  it('reports its own events, and time away from the keyboard', async () => {
    const accepted = await loadAccepted()
    for (let times = 0; times < 3; times++) botOf('Stan').say('/crate')
    await until(loadAccepted, (now) => now === accepted + 3)
    botOf('Stan').say('/afk')
    await until(
      () => botOf('Stan').chat(),
      (lines) => lines.includes('You are away.'),
    )
  })

  it('says how the server is', async () => {
    type Gauges = { readonly players: number; readonly tps: number; readonly msptMean: number; memoryUsedBytes: number }
    const [report] = await until(
      () => load<ReadonlyArray<{ readonly name: string; readonly gauges: Gauges | null }>>('/servers'),
      ([first]) => first?.gauges?.players === PLAYERS.length,
    )
    assert.equal(report?.name, SERVER_NAME)
    const gauges = report.gauges
    assert.ok(gauges !== null && gauges.tps > 10 && gauges.tps <= 20, `${gauges?.tps} ticks a second`)
    assert.ok(gauges.msptMean >= 0 && gauges.msptMean < 50, `${gauges.msptMean} ms a tick`)
    assert.ok(gauges.memoryUsedBytes > 0)
  })

  it('tells a quit, a kick and a timeout apart', async () => {
    await botOf('Quinn').quit()
    await liveWhen(({ total }) => total === 3)
    for (let times = 0; times < 10; times++) botOf('Kim').say('BUY CHEAP DIAMONDS')
    assert.equal(await botOf('Kim').ended, 'Kicked for spamming.')
    await liveWhen(({ total }) => total === 2)
    botOf('Tim').fallSilent()
    assert.equal(await botOf('Tim').ended, 'Timed out.')
    const counts = await liveWhen(({ total }) => total === 1)
    assert.deepEqual(counts.byDomain, { 'mods.example.com': 1 })
  })

  it('has stored every session once when all are gone, with its reason and its game modes', async () => {
    await enterAs('Quinn', 'summer.example.org')
    botOf('Quinn').say('/survival')
    await liveWhen(({ byGamemode }) => sameCounts(byGamemode, { lobby: 1, survival: 1 }))
    await server.close()
    assert.equal(await botOf('Stan').ended, 'The server is stopping.')
    await report.close()
    assert.equal((await loadLive()).total, 0)

    const { sessions } = await load<{ sessions: StoredSession[] }>('/sessions')
    assert.equal(new Set(sessions.map(({ sessionId }) => sessionId)).size, sessions.length)
    const stored = sessions
      .map((session) => [session.playerName, session.domain, session.endReason, stays(session)].join(' '))
      .toSorted()
    assert.deepEqual(stored, [
      'Kim play.example.net kick lobby>skyblock',
      'Quinn play.example.net quit lobby>survival>skyblock',
      'Quinn summer.example.org shutdown lobby>survival',
      'Stan mods.example.com shutdown lobby',
      'Tim summer.example.org timeout lobby>survival',
    ])
    for (const session of sessions) {
      const { playerName, server: name, version, durationMs, afkMs, gamemodes } = session
      assert.deepEqual([name, version], [SERVER_NAME, '1.20.4'])
      assert.ok(durationMs !== null && durationMs > 0 && durationMs < TIMEOUT_MS, `${playerName}: ${durationMs} ms`)
      assert.equal(afkMs > 0, playerName === 'Stan', `${playerName} was away for ${afkMs} ms`)
      assert.ok(gamemodes.every(({ endedAtMs }) => endedAtMs !== null))
    }
    assert.deepEqual(problems, [])
  })
})

function block({ x, y, z }: Position): Position {
  return { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
}

function sameCounts(counts: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>>): boolean {
  const positive = Object.entries(counts).filter(([, players]) => players > 0)
  return positive.length === Object.keys(wanted).length && positive.every(([name, players]) => wanted[name] === players)
}

function stays({ gamemodes }: StoredSession): string {
  return gamemodes.map(({ gamemode }) => gamemode).join('>')
}
