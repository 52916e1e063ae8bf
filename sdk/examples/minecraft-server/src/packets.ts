import type { ServerClient } from 'minecraft-protocol'
import { type Position, textComponent } from './minecraft.ts'
import type { World } from './worlds.ts'

/** Everybody is in adventure mode: this server has no code for breaking and placing blocks. */
const ADVENTURE = 2
const NO_GAME_MODE = 255
const VIEW_DISTANCE_CHUNKS = 4
const COMMAND_ROOT = 0
const COMMAND_LITERAL = 1

/** What the client needs to know once, before it enters its first world. */
export function sendLogin(client: ServerClient, world: World, worldNames: Iterable<string>): void {
  client.write('login', {
    entityId: client.id,
    isHardcore: false,
    worldNames: Array.from(worldNames, worldId),
    maxPlayers: 100,
    viewDistance: VIEW_DISTANCE_CHUNKS,
    simulationDistance: VIEW_DISTANCE_CHUNKS,
    reducedDebugInfo: false,
    enableRespawnScreen: true,
    doLimitedCrafting: false,
    worldType: 'minecraft:overworld',
    worldName: worldId(world.name),
    hashedSeed: [0, 0],
    gameMode: ADVENTURE,
    previousGameMode: -1,
    isDebug: false,
    isFlat: true,
    portalCooldown: 0,
  })
}

/** Takes a player who is in one world to another. */
export function sendRespawn(client: ServerClient, world: World): void {
  client.write('respawn', {
    dimension: 'minecraft:overworld',
    worldName: worldId(world.name),
    hashedSeed: [0, 0],
    gamemode: ADVENTURE,
    previousGamemode: NO_GAME_MODE,
    isDebug: false,
    isFlat: true,
    portalCooldown: 0,
    copyMetadata: false,
  })
}

/** The blocks of the world, after `login` or `respawn`. */
export function sendWorld(client: ServerClient, { chunks, spawn }: World): void {
  client.write('game_state_change', { reason: 'level_chunks_load_start', gameMode: 0 })
  client.write('update_view_position', { chunkX: 0, chunkZ: 0 })
  client.write('spawn_position', { location: floor(spawn), angle: 0 })
  client.write('update_health', { health: 20, food: 20, foodSaturation: 5 })
  for (const chunk of chunks) client.writeRaw(chunk)
}

/** Puts the player somewhere; the client confirms with the same id. */
export function sendTeleport(client: ServerClient, to: Position, teleportId: number): void {
  client.write('position', { ...to, yaw: 0, pitch: 0, flags: 0, teleportId })
}

export function sendMessage(client: ServerClient, text: string): void {
  client.write('system_chat', { content: textComponent(text), isActionBar: false })
}

/** Tells the client which commands exist, for its completion. */
export function sendCommands(client: ServerClient, names: readonly string[]): void {
  const flags = { unused: 0, has_custom_suggestions: 0, has_redirect_node: 0 }
  const literals = names.map((name) => ({
    flags: { ...flags, has_command: 1, command_node_type: COMMAND_LITERAL },
    children: [],
    extraNodeData: { name },
  }))
  const root = {
    flags: { ...flags, has_command: 0, command_node_type: COMMAND_ROOT },
    children: names.map((_, index) => index + 1),
  }
  client.write('declare_commands', { nodes: [root, ...literals], rootIndex: 0 })
}

/** Shows players in the list that the Tab key opens. */
export function sendListed(
  client: ServerClient,
  players: ReadonlyArray<{ readonly uuid: string; name: string }>,
): void {
  client.write('player_info', {
    action: { add_player: true, update_listed: true },
    data: players.map(({ uuid, name }) => ({ uuid, player: { name, properties: [] }, listed: 1 })),
  })
}

export function sendUnlisted(client: ServerClient, uuid: string): void {
  client.write('player_remove', { players: [uuid] })
}

function worldId(name: string): string {
  return `example:${name}`
}

function floor({ x, y, z }: Position): Position {
  return { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
}
