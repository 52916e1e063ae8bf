import createMinecraftData from 'minecraft-data'
import minecraft from 'minecraft-protocol'
import { ChunkColumn, type Position } from './minecraft.ts'
import { VERSION } from './version.ts'

/** Half the edge of the square of chunks that each world consists of; beyond it is the void. */
const RADIUS_CHUNKS = 3
const GROUND_Y = 64
/** Whoever falls below this is brought back. */
export const VOID_Y = 0
const SECTION_BLOCKS = 16
const WORLD_BOTTOM_Y = -64
const WORLD_TOP_Y = 320
/** A light section is 4096 half bytes; all bits set is full daylight. */
const DAYLIGHT = new Uint8Array(2048).fill(0xff)

/** One world of the server. MCTrack sees each as a game mode. */
export interface World {
  readonly name: string
  readonly spawn: Position
  /** The packets that show the whole world to a player: the same for everybody, so they are written once. */
  readonly chunks: readonly Buffer[]
}

interface Serializer {
  createPacketBuffer(packet: { readonly name: string; readonly params: unknown }): Buffer
}

interface Terrain {
  readonly block: string
  /** How many blocks the ground is deep at this place; 0 is the void. */
  readonly depthAt: (x: number, z: number) => number
}

const TERRAINS: Readonly<Record<string, Terrain>> = {
  lobby: { block: 'quartz_block', depthAt: (x, z) => (Math.hypot(x, z) < 24 ? 1 : 0) },
  survival: { block: 'grass_block', depthAt: () => 3 },
  skyblock: { block: 'grass_block', depthAt: (x, z) => Math.max(0, 6 - Math.round(Math.hypot(x, z))) },
}

/** Where players arrive. */
export const FIRST_WORLD = 'lobby'

/** The worlds of this server by name, with their blocks laid. */
export function createWorlds(): ReadonlyMap<string, World> {
  const data = createMinecraftData(VERSION)
  const serializer: Serializer = minecraft.createSerializer({
    state: minecraft.states.PLAY,
    isServer: true,
    version: VERSION,
    customPackets: {},
  })
  const biomeId = data.biomesByName['plains']?.id ?? 0
  return new Map(
    Object.entries(TERRAINS).map(([name, terrain]) => {
      const stateId = data.blocksByName[terrain.block]?.defaultState
      if (stateId === undefined) throw new Error(`${VERSION} has no block "${terrain.block}"`)
      const chunks = chunkPlaces().map(({ x, z }) =>
        serializer.createPacketBuffer({ name: 'map_chunk', params: createChunk({ x, z, terrain, stateId, biomeId }) }),
      )
      return [name, { name, spawn: { x: 0.5, y: GROUND_Y + 1, z: 0.5 }, chunks }]
    }),
  )
}

function chunkPlaces(): { readonly x: number; readonly z: number }[] {
  const places = []
  for (let x = -RADIUS_CHUNKS; x <= RADIUS_CHUNKS; x++) {
    for (let z = -RADIUS_CHUNKS; z <= RADIUS_CHUNKS; z++) places.push({ x, z })
  }
  return places
}

interface ChunkPlan {
  readonly x: number
  readonly z: number
  readonly terrain: Terrain
  readonly stateId: number
  readonly biomeId: number
}

function createChunk({ x, z, terrain, stateId, biomeId }: ChunkPlan) {
  const chunk = new ChunkColumn()
  for (let dx = 0; dx < SECTION_BLOCKS; dx++) {
    for (let dz = 0; dz < SECTION_BLOCKS; dz++) {
      const depth = terrain.depthAt(x * SECTION_BLOCKS + dx, z * SECTION_BLOCKS + dz)
      for (let below = 0; below < depth; below++) {
        chunk.setBlockStateId({ x: dx, y: GROUND_Y - below, z: dz }, stateId)
      }
    }
  }
  // Biomes have a quarter of the blocks' resolution.
  for (let y = WORLD_BOTTOM_Y; y < WORLD_TOP_Y; y += 4) {
    for (let dx = 0; dx < SECTION_BLOCKS; dx += 4) {
      for (let dz = 0; dz < SECTION_BLOCKS; dz += 4) chunk.setBiome({ x: dx, y, z: dz }, biomeId)
    }
  }
  return {
    x,
    z,
    heightmaps: { type: 'compound', name: '', value: {} },
    chunkData: chunk.dump(),
    blockEntities: [],
    ...daylightAround(GROUND_Y),
  }
}

/** Daylight in the section of this height and its two neighbours; clients work out the rest. */
function daylightAround(y: number) {
  // The light's first section lies below the world's.
  const section = (y - WORLD_BOTTOM_Y) / SECTION_BLOCKS + 1
  const mask = [[0, (1 << (section - 1)) | (1 << section) | (1 << (section + 1))]]
  return {
    skyLightMask: mask,
    skyLight: [DAYLIGHT, DAYLIGHT, DAYLIGHT],
    emptySkyLightMask: [],
    blockLightMask: [],
    blockLight: [],
    emptyBlockLightMask: [],
  }
}
