import { once } from 'node:events'
import minecraft from 'minecraft-protocol'
import { createPlayers } from './players.ts'
import type { Report } from './report.ts'
import { startTickLoop } from './ticks.ts'
import { VERSION } from './version.ts'
import { createWorlds } from './worlds.ts'

const KEEP_ALIVE_EVERY_MS = 5_000
const KEEP_ALIVE_TIMEOUT_MS = 20_000
/** How long a client may take to read why it is sent away when the server stops. */
const GOODBYE_MS = 500

export interface MinecraftServerOptions {
  /** Players are not authenticated here: keep it on this machine, or behind a proxy that knows them. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly keepAliveEveryMs?: number
  readonly keepAliveTimeoutMs?: number
}

export interface MinecraftServer {
  readonly port: number
  /** Sends everybody away and stops. The report is the caller's to close. */
  close(): Promise<void>
}

/**
 * Starts a Minecraft server with a few small worlds that tells `report` what its players do.
 *
 * @throws when it cannot listen on the port
 */
export async function startMinecraftServer(report: Report, options: MinecraftServerOptions): Promise<MinecraftServer> {
  const players = createPlayers(
    { report, worlds: createWorlds() },
    {
      keepAliveEveryMs: options.keepAliveEveryMs ?? KEEP_ALIVE_EVERY_MS,
      keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? KEEP_ALIVE_TIMEOUT_MS,
    },
  )
  const server = minecraft.createServer({
    host: options.host,
    port: options.port,
    version: VERSION,
    motd: 'MCTrack example',
    'online-mode': false,
    keepAlive: false, // Ours is in players.ts: it tells a timeout from a quit at once.
    errorHandler: players.fail,
    hideErrors: true,
  })
  server.on('playerJoin', players.join)
  await once(server, 'listening')
  const ticks = startTickLoop(players.tick)
  report.watch(() => ({ players: players.count(), pingMeanMs: players.pingMeanMs(), ...ticks.stats() }))
  const address = server.socketServer.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')

  async function stop(): Promise<void> {
    ticks.stop()
    players.dismissAll('shutdown', 'The server is stopping.')
    const closed = once(server, 'close')
    server.socketServer.close()
    const timer = setTimeout(() => {
      for (const { socket } of Object.values(server.clients)) socket.destroy()
    }, GOODBYE_MS)
    await closed
    clearTimeout(timer)
  }
  let stopped: Promise<void> | undefined

  return {
    port: address.port,
    close() {
      stopped ??= stop()
      return stopped
    },
  }
}
