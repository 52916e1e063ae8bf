import * as uws from 'uWebSockets.js'
import { randomBytes, randomUUID } from 'node:crypto'
import { createUuidV7, type ErrorCode, formatUuid, type Id, LIMITS, parseUuid } from '@mctrack/sdk/protocol'
import { COUNTRY_ATTRIBUTION } from './about.ts'
import { createSiteOrigin } from './access/index.ts'
import { wireAccounts } from './accounts.ts'
import { createApi } from './api.ts'
import { createAuditLog, createAuditStore, createFailedSignIns } from './audit/index.ts'
import { createCcuStore, createRebuildSamples } from './ccu/index.ts'
import type { Config } from './config/config.ts'
import { openDatabases } from './databases.ts'
import { createDeadLetterStore, createDeadLetters, type Json, nameEvent } from './dead-letters/index.ts'
import {
  createDemoNetwork,
  createDemoRunner,
  createDemoStore,
  createStartSimulation,
  ownAddress,
} from './demo/index.ts'
import {
  createDataRetention,
  createDueWork,
  createEraseAgain,
  createNetworkDeletion,
  createOldRows,
  createPlayerData,
  createPlayerRows,
  createRemoveNetworkRows,
} from './erasure/index.ts'
import { createEventStore } from './events/index.ts'
import { createHealthStore } from './health/index.ts'
import {
  createConnections,
  createHttpIngest,
  createIngestMinutes,
  createIngestStats,
  createPipeline,
  createReplay,
  createSourceOf,
  createStreams,
  createTelemetryWriter,
  HEARTBEAT_MS,
  LEASE_MS,
  leaseInstanceId,
  sendAck,
  serveStream,
  toTailEvent,
  toTelemetryTail,
} from './ingest/index.ts'
import { createKeyStates } from './keys/index.ts'
import { listen, listenForMetrics } from './listen.ts'
import {
  createGaps,
  createLeaseStore,
  createLiveFeed,
  createRegistry,
  createReplication,
  createSampler,
  createStoredSessionStore,
  createSweep,
  createWatchStore,
  createWorker,
  type Instance,
  idOf,
  keyOf,
  type LiveSession,
  PRESENCE_BEAT_MS,
  WORKER_LEASE_RENEW_MS,
} from './live/index.ts'
import { createFounding } from './members/index.ts'
import { type Closers, createClosers } from './platform/closers.ts'
import { openCountryDatabase } from './platform/country.ts'
import type { DataDirectory } from './platform/data-directory.ts'
import { createSecurityHeaders } from './platform/http/security-headers.ts'
import { createStaticFiles } from './platform/http/static-files.ts'
import { serveFetch } from './platform/http/uws-adapter.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { createMemorySharedState } from './platform/shared-state/memory.ts'
import { createRedisSharedState } from './platform/shared-state/redis.ts'
import { createTimers } from './platform/timers.ts'
import { waitFor } from './platform/wait-for.ts'
import { createPlayerStore, createPlayers, createRefreshProfiles } from './players/index.ts'
import { createReadinessCheck } from './readiness.ts'
import {
  createGaugeStore,
  createHeartbeats,
  createInstanceNotes,
  createServerReports,
  createServerStore,
  createServers,
} from './servers/index.ts'
import { createSessionStore } from './sessions/index.ts'
import { createStorage, untilAllStored } from './storage/index.ts'
import { type Tenants, wireTenants } from './tenants.ts'
import { COLLECTOR_NAME, COLLECTOR_VERSION } from './version.ts'

export interface App {
  readonly url: string
  readonly metricsUrl: string
  /** Stops taking, stores and acknowledges what was taken, and ends everything. Within ten seconds. */
  close(): Promise<void>
}

const BODY_BYTES_MAX = 1024 * 1024
const MINUTE_MS = 60_000
const PATROL_MS = 500
const EXPIRE_MS = 1_000
const SAVE_HEARTBEATS_MS = 15_000
const SAVE_WATCH_MS = 15_000
const FAILED_SIGN_INS_MS = 10_000
const LOSSES_MS = 5_000
/** How old a player's totals in lists may be. */
const REFRESH_PROFILES_MS = 3_000
/** How late what is to be deleted may be. */
const DUE_WORK_MS = 5_000
const ERASE_AGAIN_MS = 10 * 60_000
/** How late after midnight old rows begin to go. */
const DATA_RETENTION_MS = 10_000
/** How long a key that another collector revoked may work here, or a player who opted out there be recorded, while Redis is away. */
const READ_CUT_OFF_MS = 15_000
const DAY_MS = 86_400_000
const INSTANCES_KEPT_MS = 120 * DAY_MS
const DEMO_TICK_MS = 1_000
/** How long the demo network may stand still when the collector that plays it is gone. */
const DEMO_LEASE_MS = 15_000
/** Of the ten seconds that a stop may take. */
const STORE_TIMEOUT_MS = 5_000
const HTTP_LIMITS = [
  { requests: 50, windowMs: 1_000 },
  { requests: 1_000, windowMs: MINUTE_MS },
]

interface AppDeps {
  readonly data: DataDirectory
  readonly log: Log
  /** Ends a start that still waits for something. */
  readonly signal: AbortSignal
}

/**
 * Starts everything. A start that fails leaves nothing open or running.
 *
 * @throws MctrackError with a sentence that says what to do
 */
export async function startApp(config: Config, deps: AppDeps): Promise<App> {
  const closers = createClosers(deps.log)
  try {
    return await wire(config, { ...deps, closers })
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** Wires everything, once, and opens the doors last. */
async function wire(config: Config, deps: AppDeps & { readonly closers: Closers }): Promise<App> {
  const { data, log, signal, closers } = deps
  const startedAtMs = Date.now()
  const now = Date.now
  const processId = randomUUID()
  const createId = (): Id => createUuidV7(now(), randomBytes(10))
  const createIdText = (): string => formatUuid(createId())
  const { clickhouse, postgres, engines } = await openDatabases(config, { closers, log, signal })
  const sharedState =
    config.redisUrl === undefined
      ? createMemorySharedState({ processId, now })
      : createRedisSharedState({ url: config.redisUrl, processId, log })
  closers.add('the shared state', sharedState.close)
  await waitFor('Redis', sharedState.ping, { log, signal })
  const countryOf = await openCountryDatabase(config.countryDatabase)
  const metrics = createMetrics()
  const timers = createTimers({ log, now })
  closers.add('the timers', timers.close)
  let isStopping = false

  // Storage: what cannot be stored for its content becomes a dead letter.
  const storage = createStorage({
    clickhouse,
    log,
    now,
    onPoison: ({ table, row, reason }) => keepPoison(table, row, reason),
    onStored(table, { rows, tookMs }) {
      metrics.insertSeconds.observe({ table }, tookMs / 1_000)
      metrics.insertRows.inc({ table }, rows)
    },
    onFailure: (table) => metrics.insertFailures.inc({ table }),
    onLost: (table) => metrics.lostRows.inc({ table, reason: 'buffer_full' }),
  })
  let storing: Promise<void> | undefined
  const storeAll = (): Promise<void> => {
    storing ??= storage.close(STORE_TIMEOUT_MS).then(({ kept, lost }) => {
      if (kept > 0) log.warn({ rows: kept }, 'rows could not be stored in time; their senders keep them')
      if (Object.keys(lost).length > 0) log.error({ rows: lost }, 'rows could not be stored in time and are lost')
    })
    return storing
  }
  closers.add('storage', storeAll)
  const stats = createIngestStats((outcome, events) => metrics.ingestEvents.inc({ outcome }, events))
  const ingestMinutes = createIngestMinutes({ stats, storage, collectorId: processId })
  const deadLetterStore = createDeadLetterStore(clickhouse)
  const deadLetters = createDeadLetters({
    storage,
    createId: createIdText,
    now,
    onKept: (code) => metrics.deadLetters.inc({ code }),
  })
  function keepPoison(table: string, row: Readonly<Record<string, string | number | null>>, reason: string): void {
    const networkId = String(row['network_id'])
    log.error({ table, reason }, 'ClickHouse refused a row for its content')
    if (table === 'dead_letters') return
    stats.count(networkId, 'STORAGE_REJECTED')
    const server = String(row['server_name'] ?? '')
    const payload = () => ({ table, row: { ...row } })
    deadLetters.keep({ networkId, server, keyId: null, source: 'storage', code: 'STORAGE_REJECTED', reason, payload })
  }

  // Who changes what.
  const auditStore = createAuditStore(postgres.db)
  const audit = createAuditLog({ db: postgres.db, store: auditStore, createId: createIdText, now, log })
  const failedSignIns = createFailedSignIns({ note: audit.note, now, log })

  // Who is online.
  const feed = createLiveFeed()
  const notes = createInstanceNotes()
  const held = (session: LiveSession) => ({ ...session, instanceId: idOf(session.instanceKey) })
  const registry = createRegistry({
    onClosed(session, endedAtMs, reason, isSecondary) {
      pipeline.writeClosed(held(session), { endedAtMs, reason, afkMs: 0 }, isSecondary, now())
      pokeSessions()
    },
    onReopened: (session, isSecondary) => pipeline.writeReopened(held(session), isSecondary, now()),
    onInstanceEnded({ key, networkId, serverName }, hasLeft) {
      notes.forget(key)
      if (hasLeft) servers.left(networkId, serverName)
    },
    onChanged: feed.changed,
    onOwnChange: (change) => replication?.tell(change),
  })
  const servers = createServers({ store: createServerStore(postgres.db), log, now })

  // Networks, and what belongs to them.
  const tellOthers = (what: keyof Tenants['reread'] | 'rights'): void =>
    sharedState.publish('changed', `${processId} ${what}`)
  const inBackground = (what: string, work: Promise<void>): void => {
    work.catch((error: unknown) => log.error({ err: error }, `${what} failed`))
  }
  const founding = createFounding({ audit, now })
  const { networks, keys, gamemodes, optOuts, ...tenants } = await wireTenants({
    db: postgres.db,
    clickhouse,
    audit,
    founding,
    registry,
    servers,
    onKeysChanged: () => connections.patrol(),
    tellOthers,
    inBackground,
    createId: createIdText,
    now,
    log,
  })
  const reread = { ...tenants.reread, rights: () => accounts.gate.recheck() }
  const isReread = (what: string): what is keyof typeof reread => Object.hasOwn(reread, what)
  sharedState.subscribe('changed', (message) => {
    const [sender, what] = message.split(' ')
    if (sender === processId || what === undefined || !isReread(what)) return
    inBackground('reading what another collector changed', reread[what]())
  })
  const networkOf = networks.get
  const sourceOf = createSourceOf(networks.calendarOf)

  // With Redis there may be other collectors; without it there is one.
  const replication =
    config.redisUrl === undefined ? undefined : createReplication({ processId, sharedState, registry, now })
  const pipeline = createPipeline({
    registry,
    storage,
    sourceOf,
    gamemodeOf: gamemodes.gamemodeOf,
    optedOutOf: optOuts.of,
    onEvent(event, { networkId, serverName }) {
      if (!feed.hasTail(networkId)) return
      feed.publish(
        networkId,
        toTailEvent(event, serverName, (backend) => gamemodes.gamemodeOf(networkId, backend)),
      )
    },
  })
  const pokeSessions = (): void => {
    storage.poke('network_sessions')
    storage.poke('gamemode_sessions')
  }
  const reportsOf = createServerReports({ servers, registry, notes })
  const watches = createWatchStore(postgres.db)
  const gaps = createGaps({ storage, loadWatch: watches.load })
  const sampler = createSampler({
    registry,
    storage,
    dayOf: (networkId, atMs) => networks.calendarOf(networkId).dayOf(atMs),
  })
  const storedSessions = createStoredSessionStore(clickhouse)
  const leases = createLeaseStore(postgres.db)
  const sweep = createSweep({
    registry,
    loadOpenSessions: storedSessions.loadOpen,
    loadInstances: servers.loadInstances,
    loadLeases: leases.load,
    isLeaseInstance: ({ networkId, serverName, instanceId }) =>
      Buffer.compare(instanceId, leaseInstanceId(networkId, serverName)) === 0,
    resumeWindowMsOf: (networkId) => networkOf(networkId)?.resumeWindowMs ?? 0,
    leaseMs: LEASE_MS,
    writeClosed(session, endedAtMs, reason) {
      pipeline.writeClosed(
        { ...session.record, ...session },
        { endedAtMs, reason, afkMs: 0 },
        session.isSecondary,
        now(),
      )
    },
  })
  const worker = createWorker({
    hasRole: config.roles.has('worker'),
    sharedState,
    registry,
    sampler,
    closeForgotten: sweep.closeForgotten,
    saveWatch: watches.save,
    now,
  })
  const heartbeats = createHeartbeats({
    registry,
    notes,
    saveInstances: servers.saveHeartbeats,
    saveLeases: leases.save,
  })

  // Ingest: the socket and, for those without one, HTTP.
  const streams = createStreams(sendAck)
  const keyStates = createKeyStates()
  /** That this process stops is not the key's fault. */
  const noteRefused = (keyId: string, code: ErrorCode, detail?: string): void => {
    if (code === 'SHUTTING_DOWN' || code === 'INSTANCE_REPLACED') return
    keyStates.noteRefusal(keyId, { code, ...(detail === undefined ? {} : { detail }), atMs: now() })
  }
  const onTaken = ({ id }: { readonly id: string }, hasPlayer: boolean): void => {
    keyStates.noteEvent(id, now())
    if (hasPlayer) keyStates.notePlayer(id, now())
  }
  const connections = createConnections({
    registry,
    storage,
    streams,
    pipeline,
    stats,
    countryOf,
    networkOf,
    sourceOf,
    optedOutOf: optOuts.of,
    isStillValid: keys.isStillValid,
    collector: { name: COLLECTOR_NAME, version: COLLECTOR_VERSION },
    now,
    random: Math.random,
    onError: (error) => log.error({ err: error }, 'a frame was not dealt with; its connection was ended'),
    onHello({ id: keyId, networkId }, { instanceId, server, software, sdk, startedAtMs: bootedAtMs, clockOffsetMs }) {
      keyStates.noteHello(keyId, now(), clockOffsetMs)
      notes.noteKey(networkId, server.name, keyId)
      notes.noteHello(Buffer.from(instanceId).toString('latin1'), clockOffsetMs)
      servers.saw(
        { networkId, name: server.name, kind: server.kind, software, sdk },
        {
          networkId,
          id: formatUuid(instanceId),
          serverName: server.name,
          startedAtMs: bootedAtMs,
          lastSeenAtMs: now(),
          clockOffsetMs,
        },
      )
    },
    onClosed: ({ id }) => keyStates.noteClosed(id),
    onDismissed: ({ id }, code) => noteRefused(id, code),
    onTaken,
    onGauges({ instance, instanceId, source: { serverName } }, networkId, gauges) {
      const before = notes.of(instance.key)?.gauges
      notes.noteGauges(instance.key, gauges)
      const lost = (gauges.droppedEvents ?? 0) - (before?.droppedEvents ?? 0)
      if (lost > 0) {
        gaps.noteDropped(networkId, serverName, {
          fromMs: before?.atMs ?? gauges.atMs,
          toMs: gauges.atMs,
          events: lost,
        })
      }
      const { atMs, players, tps, msptMean, msptP95, memoryUsedBytes, memoryMaxBytes, pingMeanMs } = gauges
      storage.add('gauges', {
        network_id: networkId,
        server_name: serverName,
        instance_id: instanceId,
        at: atMs,
        players,
        tps,
        mspt_mean: msptMean,
        mspt_p95: msptP95,
        memory_used_bytes: memoryUsedBytes,
        memory_max_bytes: memoryMaxBytes,
        ping_mean_ms: pingMeanMs,
        spool_bytes: gauges.spoolBytes,
        spool_events: gauges.spoolEvents,
        dropped_events: gauges.droppedEvents,
      })
    },
    onRefusal({ code, detail, bytes }, { source: { serverName } }, key) {
      noteRefused(key.id, code, detail)
      if (optOuts.of(key.networkId)?.isNamedIn(bytes)) return
      deadLetters.keep({
        networkId: key.networkId,
        server: serverName,
        keyId: key.id,
        source: 'socket',
        code,
        reason: detail,
        payload: () => nameEvent(bytes),
      })
      if (!feed.hasTail(key.networkId)) return
      feed.publish(key.networkId, {
        type: 'refused',
        atMs: now(),
        server: serverName,
        playerId: null,
        playerName: null,
        sessionId: null,
        details: { code, detail },
      })
    },
    onTelemetry(networkId, { source: { serverName } }, frame) {
      if (!feed.hasTail(networkId)) return
      for (const event of toTelemetryTail(frame, serverName, optOuts.of(networkId))) feed.publish(networkId, event)
    },
  })
  const telemetry = createTelemetryWriter({ buffer: storage.buffer('events'), optedOutOf: optOuts.of, now })
  const httpIngest = createHttpIngest({
    registry,
    storage,
    pipeline,
    stats,
    telemetry,
    countryOf,
    sourceOf,
    optedOutOf: optOuts.of,
    findStored: (networkId, sessionId) => storedSessions.find(networkId, formatUuid(sessionId), now()),
    createId,
    now,
    onTaken,
    onServer({ id: keyId, networkId }, { name, kind, instanceId }) {
      notes.noteKey(networkId, name, keyId)
      const program = { name: 'http', version: '' }
      servers.saw(
        { networkId, name, kind, software: program, sdk: program },
        {
          networkId,
          id: formatUuid(instanceId),
          serverName: name,
          startedAtMs: 0,
          lastSeenAtMs: now(),
          clockOffsetMs: 0,
        },
      )
    },
  })
  const replay = createReplay({
    pipeline,
    telemetry,
    httpIngest,
    registry,
    storage,
    sourceOf,
    optedOutOf: optOuts.of,
    now,
  })

  // Who may do what.
  let portOfSite = config.port
  const site = createSiteOrigin(config.publicUrl, () => portOfSite)
  const accounts = await wireAccounts({
    db: postgres.db,
    sharedState,
    data,
    site,
    audit,
    founding,
    failedSignIns,
    countryOf,
    hasNetwork: (id) => networkOf(id) !== undefined,
    tellOthers: () => tellOthers('rights'),
    inBackground,
    createId: createIdText,
    now,
    log,
  })

  // News that was lost is never repeated: a key that was revoked meanwhile must not stay valid here.
  sharedState.onHearing(() => {
    for (const read of Object.values(reread)) inBackground('reading what others may have changed', read())
  })

  // What goes for good.
  const removeNetworkRows = createRemoveNetworkRows(clickhouse)
  const dueWork = createDueWork({
    db: postgres.db,
    auditStore,
    networks,
    accounts: accounts.deletion,
    removeNetworkRows,
    eraseAgain: createEraseAgain(clickhouse),
    dataRetention: createDataRetention({ db: postgres.db, networks, oldRows: createOldRows(clickhouse), log, now }),
    isWorker: worker.renew,
    untilAllStored: () => untilAllStored(storage),
    createId: createIdText,
    log,
    now,
  })
  const playerData = createPlayerData({
    clickhouse,
    rows: createPlayerRows(clickhouse),
    audit,
    isOnline(networkId, playerId) {
      const id = parseUuid(playerId)
      const sessions = Array.from(registry.network(networkId).sessions.values())
      return id !== undefined && sessions.some(({ playerKey }) => playerKey === keyOf(id))
    },
    untilAllStored: () => untilAllStored(storage),
    now,
  })

  // The demo network.
  const rebuildSamples = createRebuildSamples(clickhouse)
  const removeDemoRows = async (networkId: string): Promise<void> => {
    await untilAllStored(storage)
    await removeNetworkRows(networkId)
  }
  const demoStore = createDemoStore(postgres.db)
  const demoRunner = createDemoRunner({
    store: demoStore,
    networks,
    keys,
    startSimulation: createStartSimulation({ rebuildSamples, log }),
    hold: () => sharedState.holdLease('demo-network', DEMO_LEASE_MS),
    release: () => sharedState.releaseLease('demo-network'),
    removeRows: removeDemoRows,
    endpoint: () => ownAddress(config.host, portOfSite),
    createId: createIdText,
    now,
    log,
  })
  const demo = createDemoNetwork({ networks, store: demoStore, runner: demoRunner, removeRows: removeDemoRows, now })

  // HTTP.
  const linkedOf = (networkId: string): Instance[] =>
    Array.from(registry.network(networkId).instances.values()).filter(({ state }) => state === 'linked')
  const securityHeaders = createSecurityHeaders(site)
  const fetchHandler = createApi({
    about: {
      about: {
        name: COLLECTOR_NAME,
        version: COLLECTOR_VERSION,
        startedAtMs,
        roles: Array.from(config.roles),
        clickhouse: config.clickhouse.kind,
        postgres: config.postgres.kind,
        redis: config.redisUrl !== undefined,
        countries: config.countryDatabase !== undefined,
        attributions: config.countryDatabase === undefined ? [] : [COUNTRY_ATTRIBUTION],
      },
    },
    networks: { networks },
    demo: { demo },
    keys: {
      keys,
      states: keyStates,
      connectionsOf: (keyId) =>
        Array.from(connections.all()).flatMap(({ key, link }) => {
          if (key.id !== keyId || link === undefined) return []
          const { serverName: server, serverKind, startedAtMs: bootedAtMs, lastSeenAtMs, sessions } = link.instance
          return [{ server, serverKind, bootedAtMs, lastSeenAtMs, players: sessions.size }]
        }),
    },
    servers: {
      gamemodes,
      reportsOf,
      gaugeStore: createGaugeStore(clickhouse),
      now,
      playersByGamemode: (networkId) => registry.network(networkId).presence.counts.by('gamemode'),
    },
    live: { registry, feed, now },
    ccu: { networks, store: createCcuStore(clickhouse), rebuildSamples, audit, now },
    sessions: { networks, store: createSessionStore(clickhouse), now },
    players: {
      networks,
      players: createPlayers({
        store: createPlayerStore(clickhouse),
        registry,
        optedOutAtMs: optOuts.optedOutAtMs,
        now,
      }),
      now,
    },
    optOuts: { optOuts },
    events: { networks, store: createEventStore(clickhouse), now },
    deadLetters: { store: deadLetterStore, deadLetters, replay, audit, now },
    health: {
      store: createHealthStore(clickhouse),
      stats,
      startedAtMs,
      now,
      connectionsOf: (id) => linkedOf(id).length,
      reportsOf,
      countDeadLetters: deadLetterStore.countKept,
      storage,
    },
    audit: { store: auditStore },
    ...accounts.api,
    networkDeletion: { deletion: createNetworkDeletion({ networks, now }) },
    playerData: { playerData },
    ingest: config.roles.has('ingest')
      ? {
          ingest: httpIngest,
          stats,
          limiter: sharedState.createLimiter('ingest', HTTP_LIMITS),
          findKey: keys.find,
          networkOf,
          onKeyRefused: ({ id }, code) => noteRefused(id, code),
          onRefusal({ networkId, id: keyId }, { code, detail }, item) {
            noteRefused(keyId, code, detail)
            if (optOuts.of(networkId)?.isNamedIn(Buffer.from(JSON.stringify(item)))) return
            const payload = () => item as Json // It was parsed from JSON.
            deadLetters.keep({ networkId, server: '', keyId, source: 'http', code, reason: detail, payload })
          },
        }
      : undefined,
    servesApi: config.roles.has('api'),
    gate: accounts.gate,
    trustedProxies: config.trustedProxies,
    checkReadiness: createReadinessCheck({
      postgres,
      clickhouse,
      sharedState,
      usesRedis: config.redisUrl !== undefined,
      failingTables: storage.failing,
      isStopping: () => isStopping,
    }),
    staticFiles: createStaticFiles(config.siteDirectory),
    securityHeaders,
    createRequestId: createIdText,
    log,
    metrics,
  })

  // What time alone brings.
  timers.every('patrol', PATROL_MS, connections.patrol)
  timers.every('heartbeat', HEARTBEAT_MS, connections.beat)
  timers.every('losses', LOSSES_MS, () => gaps.noteLosses())
  timers.every('expire', EXPIRE_MS, () => registry.expire(now(), LEASE_MS))
  if (replication !== undefined) timers.every('presence', PRESENCE_BEAT_MS, replication.beat)
  timers.every('save heartbeats', SAVE_HEARTBEATS_MS, heartbeats.save)
  if (config.redisUrl !== undefined) {
    timers.every('read keys', READ_CUT_OFF_MS, reread.keys)
    timers.every('read opt-outs', READ_CUT_OFF_MS, reread['opt-outs'])
  }
  timers.every('save watch', SAVE_WATCH_MS, worker.saveWatch)
  timers.every('save key uses', MINUTE_MS, keys.saveUses)
  accounts.addTimers(timers)
  timers.every('failed sign-ins', FAILED_SIGN_INS_MS, failedSignIns.flush)
  timers.every('worker lease', WORKER_LEASE_RENEW_MS, async () => void (await worker.renew()))
  timers.everyAligned('sample', MINUTE_MS, worker.sample)
  const refreshProfiles = createRefreshProfiles(clickhouse)
  timers.every('player profiles', REFRESH_PROFILES_MS, async () => {
    if (await worker.renew()) await refreshProfiles()
  })
  timers.every('sweep', MINUTE_MS, async () => {
    const closed = await worker.sweep()
    if (closed === 0) return
    log.info({ sessions: closed }, 'sessions that nobody held any more were closed')
    pokeSessions()
  })
  timers.every('due work', DUE_WORK_MS, dueWork.run)
  timers.every('erase again', ERASE_AGAIN_MS, dueWork.eraseAgain)
  timers.every('data retention', DATA_RETENTION_MS, dueWork.removeOld)
  timers.everyAligned('ingest minutes', MINUTE_MS, (atMs) => ingestMinutes.write(atMs - MINUTE_MS))
  timers.every('forget', DAY_MS, async () => {
    await accounts.forget()
    await servers.forgetInstances(now() - INSTANCES_KEPT_MS)
    await leases.forget(now() - LIMITS.sessionMsMax)
  })
  timers.every('measure', 5_000, () => {
    metrics.connections.set(connections.all().size)
    metrics.playersOnline.set(
      Array.from(registry.networkIds()).reduce((sum, id) => sum + registry.network(id).presence.counts.total(), 0),
    )
    for (const { table, bytes, rows } of storage.sizes()) {
      metrics.bufferBytes.set({ table }, bytes)
      metrics.bufferRows.set({ table }, rows)
    }
    for (const [engine, process] of engines) metrics.engineRestarts.set({ engine }, process.restarts())
  })

  if (config.roles.has('worker')) {
    await gaps.noteDowntime(now())
    // Where other collectors run, the sessions are theirs, and the sweep closes what nobody holds.
    const isAlone = (await sharedState.kept('collector')).size === 0
    const taken = isAlone ? await sweep.takeOver(now()) : 0
    if (taken > 0) log.info({ sessions: taken }, 'sessions that were open before are taken over')
  }
  await replication?.beat()
  replication?.start()
  const metricsServer = await listenForMetrics(metrics, { host: config.host, port: config.metricsPort })
  closers.add('the port of the metrics', metricsServer.close)
  const app = uws.App()
  closers.add('the port', () => void app.close())
  if (config.roles.has('ingest')) {
    serveStream(app, {
      connections,
      stats,
      findKey: keys.find,
      networkOf,
      isStopping: () => isStopping,
      onRefused: ({ id }, code) => noteRefused(id, code),
    })
  }
  serveFetch(app, {
    handler: fetchHandler,
    securityHeaders,
    bodyBytesMax: BODY_BYTES_MAX,
    onError: (error) => log.error({ err: error }, 'a request failed'),
  })
  const { listenSocket, port } = await listen(app, config)
  portOfSite = port
  if (config.roles.has('ingest')) timers.every('demo network', DEMO_TICK_MS, demoRunner.tick)

  return {
    url: `http://${config.host}:${port}`,
    metricsUrl: `http://${config.host}:${metricsServer.port}/metrics`,
    async close() {
      isStopping = true
      await demoRunner
        .close()
        .catch((error: unknown) => log.warn({ err: error }, 'the demo network could not be ended'))
      connections.stopTaking()
      uws.us_listen_socket_close(listenSocket)
      timers.close()
      gaps.noteLosses(true)
      ingestMinutes.write(now())
      // Stored and acknowledged first, then goodbye: a sender that knows resends nothing.
      await storeAll()
      await new Promise((resolve) => setImmediate(resolve))
      for (const connection of Array.from(connections.all())) connections.dismiss(connection, 'SHUTTING_DOWN')
      await heartbeats.save().catch((error: unknown) => log.warn({ err: error }, 'heartbeats could not be saved'))
      await worker.saveWatch().catch((error: unknown) => log.warn({ err: error }, 'the last watch could not be saved'))
      await keys.saveUses().catch((error: unknown) => log.warn({ err: error }, 'uses of keys could not be saved'))
      await accounts.saveUses().catch((error: unknown) => log.warn({ err: error }, 'uses of tokens could not be saved'))
      await failedSignIns
        .close()
        .catch((error: unknown) => log.warn({ err: error }, 'failed sign-ins could not be saved'))
      await worker.release().catch((error: unknown) => {
        log.warn({ err: error }, 'the lease of the worker could not be given back; it ends by itself')
      })
      await closers.close()
    },
  }
}
