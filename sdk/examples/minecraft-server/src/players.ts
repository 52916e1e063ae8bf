import type { EndReason } from '@mctrack/sdk'
import type { Client, ServerClient } from 'minecraft-protocol'
import type { Position } from './minecraft.ts'
import {
  sendCommands,
  sendListed,
  sendLogin,
  sendMessage,
  sendRespawn,
  sendTeleport,
  sendUnlisted,
  sendWorld,
} from './packets.ts'
import type { Report, Visit } from './report.ts'
import { FIRST_WORLD, VOID_Y, type World } from './worlds.ts'

const AWAY_AFTER_MS = 5 * 60_000
/** Who says more than this within a second is kicked. */
const MESSAGES_PER_SECOND_MAX = 5
const MESSAGE_LENGTH_MAX = 256
const CRATES = ['common', 'rare', 'legendary'] as const

interface Player {
  readonly uuid: string
  readonly name: string
  readonly client: ServerClient
  readonly visit: Visit
  world: World
  position: Position
  /** Where we put the player is not confirmed yet: what the client says about its position until then is old. */
  teleport: { readonly id: number; isConfirmed: boolean }
  activeAtMs: number
  isAway: boolean
  messagesAtMs: readonly number[]
  keepAlive: { askedAtMs: number; answeredAtMs: number; pingMs: number }
}

/** Everybody who is in a world of this server. */
export interface Players {
  count(): number
  pingMeanMs(): number
  join(client: ServerClient): void
  /** Something broke on a connection, before or after its player joined. */
  fail(client: Client, error: Error): void
  /** Runs 20 times a second. */
  tick(nowMs: number): void
  dismissAll(reason: EndReason, text: string): void
}

export interface PlayersDeps {
  readonly report: Report
  readonly worlds: ReadonlyMap<string, World>
}

export interface PlayersOptions {
  readonly keepAliveEveryMs: number
  readonly keepAliveTimeoutMs: number
}

export function createPlayers({ report, worlds }: PlayersDeps, options: PlayersOptions): Players {
  const online = new Map<string, Player>()
  const isOnline = (player: Player): boolean => online.get(player.uuid) === player

  function broadcast(text: string): void {
    for (const { client } of online.values()) sendMessage(client, text)
  }

  function join(client: ServerClient): void {
    const { uuid, username: name } = client
    const other = online.get(uuid)
    if (other !== undefined) dismiss(other, 'kick', 'You joined from somewhere else.')
    const world = worldOf(FIRST_WORLD)
    const visit = report.joined({
      uuid,
      name,
      hostname: client.serverHost,
      address: client.socket.remoteAddress,
      protocolVersion: client.protocolVersion,
      world: world.name,
    })
    const nowMs = Date.now()
    const player: Player = {
      uuid,
      name,
      client,
      visit,
      world,
      position: world.spawn,
      teleport: { id: 0, isConfirmed: true },
      activeAtMs: nowMs,
      isAway: false,
      messagesAtMs: [],
      keepAlive: { askedAtMs: nowMs, answeredAtMs: nowMs, pingMs: 0 },
    }
    online.set(uuid, player)
    listen(player)
    sendLogin(client, world, worlds.keys())
    sendCommands(client, Object.keys(commands))
    sendListed(client, Array.from(online.values()))
    for (const { client: viewer } of online.values()) if (viewer !== client) sendListed(viewer, [player])
    sendWorld(client, world)
    teleport(player, world.spawn)
    broadcast(`${name} joined.`)
  }

  /** Takes leave of a player who is gone already. */
  function remove(player: Player, reason: EndReason): void {
    if (!isOnline(player)) return
    online.delete(player.uuid)
    player.visit.left(reason)
    for (const { client } of online.values()) sendUnlisted(client, player.uuid)
    broadcast(`${player.name} left.`)
  }

  /** Sends a player away. The visit ends now, however long the connection takes to close. */
  function dismiss(player: Player, reason: EndReason, text: string): void {
    remove(player, reason)
    if (!player.client.ended) player.client.end(text)
  }

  function listen(player: Player): void {
    function on<Packet>(name: string, handle: (packet: Packet) => void): void {
      player.client.on(name, (packet: Packet) => {
        if (isOnline(player)) handle(packet)
      })
    }
    on<{ command: string }>('chat_command', ({ command }) => run(player, command))
    on<{ message: string }>('chat_message', ({ message }) => say(player, message))
    on<Position>('position', (to) => move(player, to))
    on<Position>('position_look', (to) => move(player, to))
    on('look', () => wake(player))
    on<{ teleportId: number }>('teleport_confirm', ({ teleportId }) => {
      if (teleportId === player.teleport.id) player.teleport.isConfirmed = true
    })
    on('keep_alive', () => {
      player.keepAlive.answeredAtMs = Date.now()
      player.keepAlive.pingMs = player.keepAlive.answeredAtMs - player.keepAlive.askedAtMs
    })
    player.client.on('end', () => remove(player, 'quit'))
  }

  const commands: Readonly<Record<string, (player: Player) => void>> = {
    ...Object.fromEntries(
      Array.from(worlds.values(), (world) => [world.name, (player: Player) => enter(player, world)]),
    ),
    crate(player) {
      wake(player)
      const crate = CRATES[Math.floor(Math.random() * CRATES.length)] ?? CRATES[0]
      player.visit.openedCrate(crate, 1)
      sendMessage(player.client, `You opened a ${crate} crate.`)
    },
    afk(player) {
      setAway(player, !player.isAway)
    },
    quit(player) {
      dismiss(player, 'quit', 'See you soon.')
    },
  }

  function run(player: Player, line: string): void {
    const command = commands[line.trim().toLowerCase()]
    if (command !== undefined) return command(player)
    sendMessage(player.client, `There is /${Object.keys(commands).join(', /')}.`)
  }

  function enter(player: Player, world: World): void {
    wake(player)
    if (player.world === world) return sendMessage(player.client, `You are in ${world.name} already.`)
    player.world = world
    player.visit.entered(world.name)
    sendRespawn(player.client, world)
    sendWorld(player.client, world)
    teleport(player, world.spawn)
  }

  function say(player: Player, text: string): void {
    const nowMs = Date.now()
    wake(player)
    player.messagesAtMs = [...player.messagesAtMs.filter((atMs) => atMs > nowMs - 1_000), nowMs]
    if (player.messagesAtMs.length > MESSAGES_PER_SECOND_MAX) return dismiss(player, 'kick', 'Kicked for spamming.')
    player.visit.chatted(text.length)
    broadcast(`<${player.name}> ${text.slice(0, MESSAGE_LENGTH_MAX)}`)
  }

  function move(player: Player, { x, y, z }: Position): void {
    if (!player.teleport.isConfirmed) return
    const before = player.position
    player.position = { x, y, z }
    // Clients repeat their position once a second even when nobody touches them.
    if (x !== before.x || y !== before.y || z !== before.z) wake(player)
    if (y >= VOID_Y) return
    player.visit.fellIntoVoid(player.world.name)
    teleport(player, player.world.spawn)
  }

  function teleport(player: Player, to: Position): void {
    player.position = to
    player.teleport = { id: player.teleport.id + 1, isConfirmed: false }
    sendTeleport(player.client, to, player.teleport.id)
  }

  function wake(player: Player): void {
    player.activeAtMs = Date.now()
    if (player.isAway) setAway(player, false)
  }

  function setAway(player: Player, isAway: boolean): void {
    player.isAway = isAway
    player.visit.isAway(isAway)
    sendMessage(player.client, isAway ? 'You are away.' : 'Welcome back.')
  }

  function keepAlive(player: Player, nowMs: number): void {
    const { keepAlive } = player
    if (nowMs - keepAlive.answeredAtMs > options.keepAliveTimeoutMs) return dismiss(player, 'timeout', 'Timed out.')
    if (nowMs - keepAlive.askedAtMs < options.keepAliveEveryMs) return
    keepAlive.askedAtMs = nowMs
    player.client.write('keep_alive', { keepAliveId: nowMs })
  }

  function worldOf(name: string): World {
    const world = worlds.get(name)
    if (world === undefined) throw new Error(`there is no world "${name}"`)
    return world
  }

  return {
    count: () => online.size,
    pingMeanMs() {
      const pings = Array.from(online.values(), (player) => player.keepAlive.pingMs)
      return pings.reduce((sum, ms) => sum + ms, 0) / Math.max(1, pings.length)
    },
    join,
    fail(client, error) {
      const player = online.get(client.uuid)
      // A connection that broke is a player who stopped answering; anything else is a packet that makes no sense.
      if (player?.client === client) return dismiss(player, 'syscall' in error ? 'timeout' : 'kick', 'Invalid packet.')
      if (!client.ended) client.end('Invalid packet.')
    },
    tick(nowMs) {
      for (const player of online.values()) {
        keepAlive(player, nowMs)
        if (!player.isAway && nowMs - player.activeAtMs > AWAY_AFTER_MS) setAway(player, true)
      }
    },
    dismissAll(reason, text) {
      for (const player of online.values()) dismiss(player, reason, text)
    },
  }
}
