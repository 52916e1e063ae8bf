import type { Platform, ServerKind } from '@mctrack/sdk/protocol'
import type { SharedState } from '../platform/shared-state/shared-state.ts'
import type { Instance, OwnChange, Registry } from './registry.ts'
import { idOf, keyOf, type LiveSession, type Stay } from './session.ts'

/**
 * Tells the other collectors who is online here, and follows them: each knows every player of every collector, so that
 * each counts a player once and answers for all. News is numbered; who misses some asks for everything again.
 */
export interface Replication {
  /** To be called with every change that this collector holds. */
  tell(change: OwnChange): void
  /** Says that this process lives, and forgets those that do not. Call it every PRESENCE_BEAT_MS. */
  beat(): Promise<void>
  start(): void
}

export const PRESENCE_BEAT_MS = 3_000
/** A collector that has not said that it lives for this long is gone; its servers have found another by then. */
const ALIVE_MS = 12_000
const GATHER_MS = 20
const ITEMS_MAX = 500
const CHANNEL = 'presence'
const KIND = 'collector'

interface Message {
  readonly from: string
  /** Counts up with every message of one process; 0 for messages that carry no news. */
  readonly number: number
  readonly items: readonly Item[]
  /** Asks this process to tell everything. */
  readonly ask?: string
}

type Item =
  | { readonly kind: 'reset' }
  | { readonly kind: 'instance'; readonly instance: InstanceItem; readonly state: Instance['state'] }
  | { readonly kind: 'ended'; readonly networkId: string; readonly key: string }
  | { readonly kind: 'opened'; readonly networkId: string; readonly instanceKey: string; readonly session: SessionItem }
  | {
      readonly kind: 'switched'
      readonly networkId: string
      readonly key: string
      readonly stay: Stay
      readonly gamemode: string
    }
  | { readonly kind: 'removed'; readonly networkId: string; readonly key: string }

interface InstanceItem {
  readonly key: string
  readonly networkId: string
  readonly serverName: string
  readonly serverKind: ServerKind
  readonly startedAtMs: number
}

/** A session as text: ids in base64. */
interface SessionItem {
  readonly sessionId: string
  readonly playerId: string
  readonly playerName: string
  readonly startedAtMs: number
  readonly domain: string
  readonly platform: Platform
  readonly device: string
  readonly country: string
  readonly protocolVersion: number
  readonly clientVersion: string
  readonly stay: Stay | null
  readonly gamemode: string
}

export interface ReplicationDeps {
  readonly processId: string
  readonly sharedState: SharedState
  readonly registry: Registry
  readonly now: () => number
}

export function createReplication({ processId, sharedState, registry, now }: ReplicationDeps): Replication {
  /** The number of the last news of each. */
  const others = new Map<string, number>()
  /** Asked for everything, and not answered yet. */
  const asked = new Set<string>()
  /** Since when the others can be heard without a break. */
  let hearingSinceMs = 0
  let number = 0
  let waiting: Item[] = []
  let isGathering = false

  function send(items: readonly Item[]): void {
    for (let from = 0; from < items.length; from += ITEMS_MAX) {
      number += 1
      publish({ from: processId, number, items: items.slice(from, from + ITEMS_MAX) })
    }
  }

  function askAll(id: string): void {
    asked.add(id)
    publish({ from: processId, number: 0, items: [], ask: id })
  }

  function publish(message: Message): void {
    sharedState.publish(CHANNEL, JSON.stringify(message))
  }

  function gather(item: Item): void {
    waiting.push(item)
    if (isGathering) return
    isGathering = true
    setTimeout(() => {
      isGathering = false
      const items = waiting
      waiting = []
      send(items)
    }, GATHER_MS)
  }

  function ownInstances(): Instance[] {
    return Array.from(registry.networkIds()).flatMap((networkId) =>
      Array.from(registry.network(networkId).instances.values()).filter(({ owner }) => owner === null),
    )
  }

  function tellEverything(): void {
    waiting = []
    const items = ownInstances().flatMap((instance): Item[] => [
      toItem({ kind: 'instance', instance }),
      ...Array.from(instance.sessions.values(), (session) => toItem({ kind: 'opened', session })),
    ])
    send([{ kind: 'reset' }, ...items])
  }

  function instancesOf(owner: string): Instance[] {
    return Array.from(registry.networkIds()).flatMap((networkId) =>
      Array.from(registry.network(networkId).instances.values()).filter((instance) => instance.owner === owner),
    )
  }

  function forgetOwner(owner: string): void {
    for (const instance of instancesOf(owner)) registry.forget(instance, now())
  }

  /** A session, if it is that collector's. */
  function findOf(owner: string, { networkId, key }: { networkId: string; key: string }): LiveSession | undefined {
    const session = registry.find(networkId, fromText(key))
    const instance = registry.network(networkId).instances.get(session?.instanceKey ?? '')
    return instance?.owner === owner ? session : undefined
  }

  function apply(from: string, item: Item): void {
    switch (item.kind) {
      case 'reset':
        return forgetOwner(from)
      case 'instance': {
        const { key, ...identity } = item.instance
        registry.follow({ ...identity, key: fromText(key) }, from, item.state, now())
        return
      }
      case 'ended': {
        const instance = registry.network(item.networkId).instances.get(fromText(item.key))
        if (instance?.owner === from) registry.forget(instance, now())
        return
      }
      case 'opened': {
        const instance = registry.network(item.networkId).instances.get(fromText(item.instanceKey))
        if (instance?.owner === from) registry.open(instance, fromSessionItem(item.session), now())
        return
      }
      case 'switched': {
        const session = findOf(from, item)
        if (session !== undefined) registry.switchStay(session, item.stay, item.gamemode, now())
        return
      }
      case 'removed': {
        const session = findOf(from, item)
        if (session !== undefined) registry.remove(session, now())
      }
    }
  }

  function onMessage(text: string): void {
    const { from, number: its, items, ask } = JSON.parse(text) as Message
    if (from === processId) return
    if (ask === processId) tellEverything()
    const isReset = items[0]?.kind === 'reset'
    if (items.length === 0) return
    if (!isReset && others.get(from) !== its - 1) {
      askAll(from)
      return
    }
    if (isReset) asked.delete(from)
    others.set(from, its)
    for (const item of items) apply(from, item)
  }

  return {
    tell: (change) => gather(toItem(change)),
    start() {
      sharedState.subscribe(CHANNEL, onMessage)
      // After an outage nobody knows what of the other's news was lost.
      sharedState.onHearing(() => {
        hearingSinceMs = now()
        tellEverything()
        for (const id of others.keys()) askAll(id)
      })
    },
    async beat() {
      await sharedState.keep(KIND, '', ALIVE_MS)
      const living = await sharedState.kept(KIND)
      for (const id of living.keys()) {
        // Also again: the question or the answer may have been lost.
        if (id !== processId && (!others.has(id) || asked.has(id))) askAll(id)
      }
      // A Redis that was started anew knows nobody until each has said that it lives.
      if (now() - hearingSinceMs < ALIVE_MS) return
      for (const id of Array.from(others.keys())) {
        if (living.has(id)) continue
        others.delete(id)
        asked.delete(id)
        forgetOwner(id)
      }
    },
  }
}

function toItem(change: OwnChange): Item {
  switch (change.kind) {
    case 'instance': {
      const { key, networkId, serverName, serverKind, startedAtMs, state } = change.instance
      return { kind: 'instance', instance: { key: toText(key), networkId, serverName, serverKind, startedAtMs }, state }
    }
    case 'ended':
      return { kind: 'ended', networkId: change.instance.networkId, key: toText(change.instance.key) }
    case 'opened': {
      const { networkId, instanceKey } = change.session
      return { kind: 'opened', networkId, instanceKey: toText(instanceKey), session: toSessionItem(change.session) }
    }
    case 'switched': {
      const { networkId, key, stay, gamemode } = change.session
      if (stay === null) throw new Error('a session was switched to nowhere')
      return { kind: 'switched', networkId, key: toText(key), stay, gamemode }
    }
    case 'removed':
      return { kind: 'removed', networkId: change.session.networkId, key: toText(change.session.key) }
  }
}

function toSessionItem(session: LiveSession): SessionItem {
  const { playerName, startedAtMs, domain, platform, device, country, protocolVersion, clientVersion } = session
  return {
    sessionId: toText(session.key),
    playerId: toText(session.playerKey),
    playerName,
    startedAtMs,
    domain,
    platform,
    device,
    country,
    protocolVersion,
    clientVersion,
    stay: session.stay,
    gamemode: session.gamemode,
  }
}

function fromSessionItem({ sessionId, playerId, stay, gamemode, ...rest }: SessionItem) {
  const session = idOf(fromText(sessionId))
  const player = idOf(fromText(playerId))
  const record = { ...rest, key: keyOf(session), sessionId: session, playerKey: keyOf(player), playerId: player }
  return { record, stay, gamemode }
}

function toText(key: string): string {
  return Buffer.from(key, 'latin1').toString('base64')
}

function fromText(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1')
}
