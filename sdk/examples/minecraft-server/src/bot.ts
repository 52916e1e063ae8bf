import minecraft from 'minecraft-protocol'
import type { Position } from './minecraft.ts'
import { VERSION } from './version.ts'

const JOIN_TIMEOUT_MS = 10_000

/** A real Minecraft client without a screen. */
export interface Bot {
  readonly name: string
  /** The world that the server has put it in, and where it stands there. */
  world(): string
  position(): Position
  /** What the server says about the chunk with these coordinates, when it has sent it. */
  chunk(x: number, z: number): Uint8Array | undefined
  /** The lines of the chat so far. */
  chat(): readonly string[]
  /** Says something, or runs a command when it begins with a slash. */
  say(text: string): void
  walkTo(to: Position): void
  /** Keeps the connection open but no longer answers, like a computer that went to sleep. */
  fallSilent(): void
  quit(): Promise<void>
  /** Resolves once the connection is over, with the server's words when it sent the bot away. */
  readonly ended: Promise<string | null>
}

export interface BotOptions {
  readonly host: string
  readonly port: number
  readonly name: string
  /** The host name that the player typed. */
  readonly hostname: string
}

/**
 * Joins a server and resolves once the bot stands in a world.
 *
 * @throws when the server refuses it or does not let it in in time
 */
export async function joinServer({ host, port, name, hostname }: BotOptions): Promise<Bot> {
  const client = minecraft.createClient({
    host,
    port,
    username: name,
    auth: 'offline',
    version: VERSION,
    fakeHost: hostname,
  })
  const chunks = new Map<string, Uint8Array>()
  const lines: string[] = []
  let world = ''
  let position: Position = { x: 0, y: 0, z: 0 }
  let farewell: string | null = null

  function enterWorld({ worldName }: { worldName: string }): void {
    world = worldName
    chunks.clear()
  }
  client.on('login', enterWorld)
  client.on('respawn', enterWorld)
  client.on('map_chunk', ({ x, z, chunkData }: { x: number; z: number; chunkData: Uint8Array }) => {
    chunks.set(`${x} ${z}`, chunkData)
  })
  client.on('system_chat', ({ content }: { content: SentText }) => {
    lines.push(textOf(content))
  })
  client.on('kick_disconnect', ({ reason }: { reason: SentText }) => {
    farewell = textOf(reason)
  })
  client.on('position', ({ x, y, z, teleportId }: Position & { teleportId: number }) => {
    client.write('teleport_confirm', { teleportId })
    walkTo({ x, y, z })
  })
  client.on('error', () => client.end())
  const ended = new Promise<string | null>((resolve) => {
    client.on('end', () => resolve(farewell))
  })

  function walkTo(to: Position): void {
    position = to
    client.write('position', { ...to, onGround: true })
  }

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail('took too long'), JOIN_TIMEOUT_MS)
    function fail(why: string): void {
      clearTimeout(timer)
      if (!client.ended) client.end()
      reject(new Error(`${name} could not join ${hostname}: ${why}`))
    }
    ended.then((reason) => fail(reason ?? 'the connection was lost'))
    client.once('position', () => {
      clearTimeout(timer)
      resolve()
    })
  })

  return {
    name,
    world: () => world,
    position: () => position,
    chunk: (x, z) => chunks.get(`${x} ${z}`),
    chat: () => lines,
    say: (text) => client.chat(text),
    walkTo,
    fallSilent() {
      client.removeAllListeners('keep_alive')
    },
    async quit() {
      if (!client.ended) client.end()
      await ended
    },
    ended,
  }
}

/** A chat text as it arrives. */
interface SentText {
  readonly value: { readonly text: { readonly value: string } }
}

function textOf({ value }: SentText): string {
  return value.text.value
}
