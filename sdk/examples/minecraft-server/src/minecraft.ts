/** What this example uses of its Minecraft packages where their own types are missing or wrong. */

import type { Server as SocketServer } from 'node:net'
import loadChunkClass from 'prismarine-chunk'
import { VERSION } from './version.ts'

declare module 'minecraft-protocol' {
  interface Client {
    /** The host name that the player typed, as the handshake gives it. */
    serverHost: string
  }
  interface Server {
    socketServer: SocketServer
  }
}

export interface Position {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** A column of 16 by 16 blocks; positions are within it. */
export interface Chunk {
  setBlockStateId(at: Position, stateId: number): void
  getBlockStateId(at: Position): number
  setBiome(at: Position, biomeId: number): void
  /** The column as it travels in a `map_chunk` packet. */
  dump(): Uint8Array
  load(dumped: Uint8Array): void
}

/** An empty chunk of the version that we speak. */
export const ChunkColumn = (loadChunkClass as unknown as (version: string) => new () => Chunk)(VERSION)

/** A chat text as NBT, which is what 1.20.3 and newer want. */
export interface TextComponent {
  readonly type: 'compound'
  readonly name: ''
  readonly value: { readonly text: { readonly type: 'string'; readonly value: string } }
}

export function textComponent(text: string): TextComponent {
  return { type: 'compound', name: '', value: { text: { type: 'string', value: text } } }
}
