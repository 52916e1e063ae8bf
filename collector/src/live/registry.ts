import type { EndReason, Id, ServerKind } from '@mctrack/sdk/protocol'
import { createPresence, type Presence } from './presence.ts'
import type { LiveSession, SessionRecord, Stay } from './session.ts'

/**
 * One boot of a reporting process, or the sessions that one server opens over HTTP.
 *
 * - `linked`: a connection is open
 * - `resuming`: the link is lost; the sessions still count until the resume window ends
 * - `leased`: there is no link; each session lives on its own lease
 */
export interface Instance {
  readonly key: string
  readonly networkId: string
  readonly serverName: string
  readonly serverKind: ServerKind
  readonly startedAtMs: number
  state: 'linked' | 'resuming' | 'leased'
  /** Id of the other collector that holds it, or null when this one does. What others hold is theirs to end. */
  owner: string | null
  /** Last sign of life, in Unix milliseconds. */
  lastSeenAtMs: number
  /** While resuming: when the sessions are closed. While leased: no lease ends before. */
  expiresAtMs: number
  readonly sessions: Map<string, LiveSession>
}

export type InstanceIdentity = Pick<Instance, 'key' | 'networkId' | 'serverName' | 'serverKind' | 'startedAtMs'>

/** The live state of one network. */
export interface LiveNetwork {
  readonly presence: Presence
  readonly sessions: Map<string, LiveSession>
  /** Instances by their key; a server may have more than one for a moment. */
  readonly instances: Map<string, Instance>
}

export interface RegistryEvents {
  /** The registry itself closed a session, because nobody else will. */
  readonly onClosed: (session: LiveSession, endedAtMs: number, reason: EndReason, isSecondary: boolean) => void
  /** A session that may have been closed before turned out to be open. */
  readonly onReopened: (session: LiveSession, isSecondary: boolean) => void
  /** `hasLeft`: by the server's own word, its link being up. */
  readonly onInstanceEnded: (instance: Instance, hasLeft: boolean) => void
  /** The numbers or the players of a network changed. */
  readonly onChanged: (networkId: string) => void
  /** Something that this collector holds changed, for telling the others. */
  readonly onOwnChange?: (change: OwnChange) => void
}

export type OwnChange =
  | { readonly kind: 'instance'; readonly instance: Instance }
  | { readonly kind: 'ended'; readonly instance: Instance }
  | { readonly kind: 'opened'; readonly session: LiveSession }
  | { readonly kind: 'switched'; readonly session: LiveSession }
  | { readonly kind: 'removed'; readonly session: LiveSession }

export interface Registry {
  network(networkId: string): LiveNetwork
  networkIds(): Iterable<string>
  /** A connection of the instance is up. `resumed` when its sessions were still held. */
  link(identity: InstanceIdentity, nowMs: number): { readonly instance: Instance; readonly resumed: boolean }
  /** The instance that holds a server's sessions without a link. */
  lease(identity: InstanceIdentity, nowMs: number): Instance
  unlink(instance: Instance, nowMs: number, resumeWindowMs: number): void
  /** The instance ended for good, and with it what it left open. */
  end(instance: Instance, reason: EndReason, nowMs: number): void
  /** Whether a proxy of the network reports, or did a moment ago. */
  hasProxy(networkId: string): boolean
  /** The kind of a server that reports, or did a moment ago. */
  serverKindOf(networkId: string, serverName: string): ServerKind | undefined
  /** All sessions of the instance, as the server itself sees them. */
  reconcile(instance: Instance, sessions: ReadonlyArray<OpenDetails>, nowMs: number, isReturning: boolean): void
  open(instance: Instance, details: OpenDetails, nowMs: number): LiveSession
  find(networkId: string, sessionKey: string): LiveSession | undefined
  switchStay(session: LiveSession, stay: Stay, gamemode: string, nowMs: number): void
  /** The session ended by the server's own word. */
  remove(session: LiveSession, nowMs: number): void
  /** The session is over, though the server's own word of it cannot be stored. */
  close(session: LiveSession, endedAtMs: number, reason: EndReason, nowMs: number): void
  /** Closes the sessions of some players that this collector holds, as if they had left now. Returns those. */
  closePlayers(networkId: string, isMeant: (playerId: Id) => boolean, nowMs: number): LiveSession[]
  /** Takes over sessions that an earlier process of the collector left open; they resume or run out. */
  restore(identity: InstanceIdentity, sessions: readonly OpenDetails[], until: RestoreTimes, nowMs: number): void
  /**
   * Another collector holds the instance, or took it over; who has its link holds it, whatever those without one say.
   * Returns it, with the sessions that were known.
   */
  follow(identity: InstanceIdentity, owner: string, state: Instance['state'], nowMs: number): Instance
  /** What another collector held is gone, or unknown from now on; nothing is closed in its name. */
  forget(instance: Instance, nowMs: number): void
  /** The network is gone, and everything of it; nothing is closed, for nothing of it is stored any more. */
  forgetNetwork(networkId: string, nowMs: number): void
  /** Closes what ran out: resume windows and leases. */
  expire(nowMs: number, leaseMs: number): void
  /** Game modes by a new mapping. */
  remap(networkId: string, gamemodeOf: (session: LiveSession) => string): void
}

export interface OpenDetails {
  readonly record: SessionRecord
  readonly stay: Stay | null
  readonly gamemode: string
  /** When known better than "now": for sessions that are taken over. */
  readonly lastSeenAtMs?: number
}

export interface RestoreTimes {
  readonly state: 'resuming' | 'leased'
  readonly lastSeenAtMs: number
  readonly expiresAtMs: number
}

/** Who is online, from the open connections alone: right whatever the databases do. Constant work a change. */
export function createRegistry({
  onClosed,
  onReopened,
  onInstanceEnded,
  onChanged,
  onOwnChange,
}: RegistryEvents): Registry {
  const networks = new Map<string, LiveNetwork>()
  /** Instances that something must be done about when time passes. */
  const timed = new Set<Instance>()

  function network(networkId: string): LiveNetwork {
    const known = networks.get(networkId)
    if (known !== undefined) return known
    const created: LiveNetwork = { presence: createPresence(), sessions: new Map(), instances: new Map() }
    networks.set(networkId, created)
    return created
  }

  function adopt(identity: InstanceIdentity, state: Instance['state'], nowMs: number): Instance {
    const instance: Instance = {
      key: identity.key,
      networkId: identity.networkId,
      serverName: identity.serverName,
      serverKind: identity.serverKind,
      startedAtMs: identity.startedAtMs,
      state,
      owner: null,
      lastSeenAtMs: nowMs,
      expiresAtMs: 0,
      sessions: new Map(),
    }
    network(identity.networkId).instances.set(instance.key, instance)
    return instance
  }

  function isOwn(session: LiveSession): boolean {
    return network(session.networkId).instances.get(session.instanceKey)?.owner === null
  }

  /** Whether the server has booted again since the instance was last heard of. */
  function isSucceeded({ key, networkId, serverName, lastSeenAtMs }: Instance): boolean {
    return Array.from(network(networkId).instances.values()).some(
      (other) =>
        other.key !== key &&
        other.state === 'linked' &&
        other.serverName === serverName &&
        other.startedAtMs >= lastSeenAtMs,
    )
  }

  function remove(session: LiveSession, nowMs: number): void {
    const live = network(session.networkId)
    if (live.sessions.get(session.key) !== session) return
    if (isOwn(session)) onOwnChange?.({ kind: 'removed', session })
    live.sessions.delete(session.key)
    live.instances.get(session.instanceKey)?.sessions.delete(session.key)
    live.presence.remove(session, nowMs)
    onChanged(session.networkId)
  }

  function close(session: LiveSession, endedAtMs: number, reason: EndReason, nowMs: number): void {
    const isSecondary = network(session.networkId).presence.isSecondary(session, nowMs)
    remove(session, nowMs)
    onClosed(session, Math.max(endedAtMs, session.stay?.startedAtMs ?? 0, session.startedAtMs), reason, isSecondary)
  }

  function end(instance: Instance, reason: EndReason, nowMs: number): void {
    for (const session of Array.from(instance.sessions.values())) {
      close(session, Math.max(instance.lastSeenAtMs, session.lastSeenAtMs), reason, nowMs)
    }
    // Whatever else ends an instance waits until its link is lost.
    drop(instance, instance.state === 'linked' && reason !== 'crash')
    onOwnChange?.({ kind: 'ended', instance })
  }

  function drop(instance: Instance, hasLeft: boolean): void {
    timed.delete(instance)
    const { instances } = network(instance.networkId)
    if (instances.get(instance.key) === instance) instances.delete(instance.key)
    onInstanceEnded(instance, hasLeft)
    onChanged(instance.networkId)
  }

  function forget(instance: Instance, nowMs: number): void {
    for (const session of Array.from(instance.sessions.values())) remove(session, nowMs)
    drop(instance, false)
  }

  /** A server that started after an instance of the same name was last heard of is its next boot. */
  function endPredecessors(identity: InstanceIdentity, nowMs: number): void {
    const { networkId, serverName, startedAtMs, key } = identity
    for (const other of Array.from(network(networkId).instances.values())) {
      if (other.key === key || other.serverName !== serverName) continue
      if (other.owner !== null || other.state !== 'resuming') continue
      if (other.lastSeenAtMs <= startedAtMs) end(other, 'crash', nowMs)
    }
  }

  function open(instance: Instance, details: OpenDetails, nowMs: number): LiveSession {
    const { record, stay, gamemode, lastSeenAtMs = nowMs } = details
    const live = network(instance.networkId)
    const known = live.sessions.get(record.key)
    if (known !== undefined) {
      if (known.instanceKey === instance.key) {
        known.lastSeenAtMs = lastSeenAtMs
        if (stay !== null && stay.ordinal > (known.stay?.ordinal ?? -1)) switchStay(known, stay, gamemode, nowMs)
        return known
      }
      remove(known, nowMs)
    }
    const session: LiveSession = {
      key: record.key,
      sessionId: record.sessionId,
      playerKey: record.playerKey,
      playerId: record.playerId,
      playerName: record.playerName,
      startedAtMs: record.startedAtMs,
      domain: record.domain,
      platform: record.platform,
      device: record.device,
      country: record.country,
      protocolVersion: record.protocolVersion,
      clientVersion: record.clientVersion,
      networkId: instance.networkId,
      serverName: instance.serverName,
      serverKind: instance.serverKind,
      instanceKey: instance.key,
      stay,
      gamemode,
      lastSeenAtMs,
      promotedAtMs: null,
    }
    live.sessions.set(session.key, session)
    instance.sessions.set(session.key, session)
    live.presence.add(session)
    if (instance.owner === null) onOwnChange?.({ kind: 'opened', session })
    onChanged(instance.networkId)
    return session
  }

  function switchStay(session: LiveSession, stay: Stay, gamemode: string, nowMs: number): void {
    session.lastSeenAtMs = nowMs
    session.stay = stay
    session.gamemode = gamemode
    network(session.networkId).presence.update(session)
    if (isOwn(session)) onOwnChange?.({ kind: 'switched', session })
    onChanged(session.networkId)
  }

  return {
    network,
    networkIds: () => networks.keys(),

    link(identity, nowMs) {
      endPredecessors(identity, nowMs)
      const known = network(identity.networkId).instances.get(identity.key)
      const instance = known ?? adopt(identity, 'linked', nowMs)
      // A session that the server no longer names was last seen before the link was lost, not now.
      for (const session of instance.sessions.values()) {
        session.lastSeenAtMs = Math.max(session.lastSeenAtMs, instance.lastSeenAtMs)
      }
      instance.state = 'linked'
      instance.owner = null
      instance.lastSeenAtMs = nowMs
      timed.delete(instance)
      onOwnChange?.({ kind: 'instance', instance })
      onChanged(identity.networkId)
      return { instance, resumed: known !== undefined }
    },

    lease(identity, nowMs) {
      const known = network(identity.networkId).instances.get(identity.key)
      const instance = known ?? adopt(identity, 'leased', nowMs)
      if (known === undefined) onOwnChange?.({ kind: 'instance', instance })
      // Whichever collector hears from a server without a link holds its leases from then on.
      if (instance.state === 'leased' && instance.owner !== null) {
        instance.owner = null
        onOwnChange?.({ kind: 'instance', instance })
      }
      instance.lastSeenAtMs = nowMs
      // An event sent over HTTP may also speak of a session that a server holds over its link.
      if (instance.state === 'leased') timed.add(instance)
      return instance
    },

    unlink(instance, nowMs, resumeWindowMs) {
      const isHeld = network(instance.networkId).instances.get(instance.key) === instance
      if (instance.state !== 'linked' || instance.owner !== null || !isHeld) return
      if (isSucceeded(instance)) return end(instance, 'crash', nowMs)
      instance.state = 'resuming'
      instance.expiresAtMs = nowMs + resumeWindowMs
      timed.add(instance)
      onOwnChange?.({ kind: 'instance', instance })
      onChanged(instance.networkId)
    },

    end,

    hasProxy(networkId) {
      for (const { serverKind } of network(networkId).instances.values()) if (serverKind === 'proxy') return true
      return false
    },

    serverKindOf(networkId, serverName) {
      for (const instance of network(networkId).instances.values()) {
        if (instance.serverName === serverName) return instance.serverKind
      }
      return undefined
    },

    reconcile(instance, sessions, nowMs, isReturning) {
      const named = new Set(sessions.map(({ record }) => record.key))
      for (const session of Array.from(instance.sessions.values())) {
        if (!named.has(session.key)) close(session, session.lastSeenAtMs, 'link_lost', nowMs)
      }
      for (const details of sessions) {
        const session = open(instance, details, nowMs)
        if (isReturning) onReopened(session, network(instance.networkId).presence.isSecondary(session, nowMs))
      }
    },

    open,
    find: (networkId, sessionKey) => networks.get(networkId)?.sessions.get(sessionKey),
    switchStay,
    remove,
    close,

    restore(identity, sessions, { state, lastSeenAtMs, expiresAtMs }, nowMs) {
      const live = network(identity.networkId)
      if (live.instances.has(identity.key)) return // It came back before we had read what it left.
      const instance = adopt(identity, state, lastSeenAtMs)
      instance.expiresAtMs = expiresAtMs
      timed.add(instance)
      onOwnChange?.({ kind: 'instance', instance })
      for (const details of sessions) if (!live.sessions.has(details.record.key)) open(instance, details, lastSeenAtMs)
      if (isSucceeded(instance)) end(instance, 'crash', nowMs)
    },

    follow(identity, owner, state, nowMs) {
      const known = network(identity.networkId).instances.get(identity.key)
      // A server that moves: who lost its link may say so after it has come to another one.
      if (known?.state === 'linked' && known.owner !== owner && state !== 'linked') return known
      const instance = known ?? adopt(identity, state, nowMs)
      instance.owner = owner
      instance.state = state
      instance.lastSeenAtMs = nowMs
      timed.delete(instance)
      onChanged(identity.networkId)
      return instance
    },

    forget,

    closePlayers(networkId, isMeant, nowMs) {
      const meant = Array.from(network(networkId).sessions.values()).filter(
        (session) => isOwn(session) && isMeant(session.playerId),
      )
      for (const session of meant) close(session, nowMs, 'quit', nowMs)
      return meant
    },

    forgetNetwork(networkId, nowMs) {
      for (const instance of Array.from(networks.get(networkId)?.instances.values() ?? [])) forget(instance, nowMs)
      networks.delete(networkId)
    },

    expire(nowMs, leaseMs) {
      for (const instance of Array.from(timed)) {
        if (instance.state === 'resuming') {
          if (nowMs >= instance.expiresAtMs) end(instance, 'link_lost', nowMs)
          continue
        }
        for (const session of Array.from(instance.sessions.values())) {
          if (nowMs >= Math.max(session.lastSeenAtMs + leaseMs, instance.expiresAtMs))
            close(session, session.lastSeenAtMs, 'link_lost', nowMs)
        }
        if (instance.sessions.size === 0 && nowMs >= instance.lastSeenAtMs + leaseMs) end(instance, 'link_lost', nowMs)
      }
    },

    remap(networkId, gamemodeOf) {
      for (const session of network(networkId).sessions.values()) {
        const gamemode = gamemodeOf(session)
        if (gamemode === session.gamemode) continue
        session.gamemode = gamemode
        network(networkId).presence.update(session)
      }
      onChanged(networkId)
    },
  }
}
