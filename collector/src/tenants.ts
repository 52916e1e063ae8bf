import type { AuditLog } from './audit/index.ts'
import { createKeyStore, createKeys, type Keys } from './keys/index.ts'
import type { Registry } from './live/index.ts'
import type { Founding } from './members/index.ts'
import { createNetworkStore, createNetworks, type Networks } from './networks/index.ts'
import { createOptOutStore, createOptOuts, type OptOuts } from './opt-outs/index.ts'
import type { ClickHouse } from './platform/clickhouse/client.ts'
import type { Log } from './platform/log.ts'
import type { Postgres } from './platform/postgres/client.ts'
import { createGamemodeStore, createGamemodes, type Gamemodes, type Servers } from './servers/index.ts'
import { createRewriteStored } from './sessions/index.ts'

/** Networks and what belongs to them: held in memory, so that ingest never waits for PostgreSQL. */
export interface Tenants {
  readonly networks: Networks
  readonly keys: Keys
  readonly gamemodes: Gamemodes
  readonly optOuts: OptOuts
  /** Each reads again what another collector may have changed, and lets it hold for who is online. */
  readonly reread: Readonly<Record<'networks' | 'keys' | 'gamemodes' | 'opt-outs', () => Promise<void>>>
}

export interface TenantsDeps {
  readonly db: Postgres
  readonly clickhouse: ClickHouse
  readonly audit: AuditLog
  readonly founding: Pick<Founding, 'found'>
  readonly registry: Pick<Registry, 'networkIds' | 'remap' | 'closePlayers' | 'forgetNetwork'>
  readonly servers: Pick<Servers, 'forgetNetwork'>
  /** Told after a key was changed here: whoever may no longer send is cut off. */
  readonly onKeysChanged: () => void
  readonly tellOthers: (what: keyof Tenants['reread']) => void
  readonly inBackground: (what: string, work: Promise<void>) => void
  readonly createId: () => string
  readonly now: () => number
  readonly log: Log
}

/** Wires them, and reads them for the first time. */
export async function wireTenants(deps: TenantsDeps): Promise<Tenants> {
  const { db, audit, founding, registry, servers, tellOthers, inBackground, createId, now, log } = deps
  const rewriteStored = createRewriteStored(deps.clickhouse)
  const networks = createNetworks({
    store: createNetworkStore(db, audit, founding.found),
    createId,
    now,
    onChanged(before, after) {
      tellOthers('networks')
      if (before !== undefined && before.timeZone !== after.timeZone) {
        inBackground('recounting the days of a network', rewriteStored.recountDays(after.id, after.timeZone))
      }
    },
    onGone(networkId) {
      registry.forgetNetwork(networkId, now())
      gamemodes.forgetNetwork(networkId)
      servers.forgetNetwork(networkId)
      inBackground('forgetting the keys of a network that is gone', keys.refresh())
    },
    onRemoved: () => tellOthers('networks'),
  })
  const keys = createKeys({
    store: createKeyStore(db, audit),
    createId,
    now,
    onChanged() {
      tellOthers('keys')
      deps.onKeysChanged()
    },
  })
  const gamemodes = createGamemodes({
    store: createGamemodeStore(db, audit),
    log,
    now,
    onMapped({ networkId, name, gamemode }) {
      tellOthers('gamemodes')
      remapLive(networkId)
      inBackground('mapping what is stored to its game mode', rewriteStored.remapGamemode(networkId, name, gamemode))
    },
  })
  const remapLive = (networkId: string): void =>
    registry.remap(networkId, ({ stay, gamemode }) =>
      stay === null ? gamemode : gamemodes.gamemodeOf(networkId, stay.backend),
    )
  const optOuts = createOptOuts({
    store: createOptOutStore(db, audit),
    now,
    onChanged() {
      tellOthers('opt-outs')
      closeOptedOut()
    },
  })
  /** Who opted out while online is there no more; what their server still says of them is dropped. */
  function closeOptedOut(): void {
    for (const networkId of registry.networkIds()) {
      const optedOut = optOuts.of(networkId)
      if (optedOut === undefined) continue
      const closed = registry.closePlayers(networkId, optedOut.hasPlayer, now())
      for (const { sessionId } of closed) optedOut.noteSession(sessionId)
    }
  }
  await Promise.all([networks.refresh(), keys.refresh(), gamemodes.refresh(), optOuts.refresh()])
  const reread = {
    networks: networks.refresh,
    keys: keys.refresh,
    async gamemodes() {
      await gamemodes.refresh()
      for (const networkId of registry.networkIds()) remapLive(networkId)
    },
    async 'opt-outs'() {
      await optOuts.refresh()
      closeOptedOut()
    },
  }

  return { networks, keys, gamemodes, optOuts, reread }
}
