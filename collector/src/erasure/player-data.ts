import { type Actor, type Author, can } from '../access/index.ts'
import type { AuditedChange, AuditLog } from '../audit/index.ts'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { MctrackError } from '../platform/error.ts'
import { writePlayerExport } from './player-export.ts'
import type { PlayerRows } from './player-rows.ts'

/** What was erased. */
export interface Erasure {
  readonly playerId: string
  readonly erasedAtMs: number
  /** In all tables. */
  readonly rows: number
}

/** All that is stored of a player: given out, or erased. */
export interface PlayerData {
  /**
   * Pieces of one JSON document. Without the right to see revenue, purchases are left out.
   *
   * @throws MctrackError FORBIDDEN for who may not see players, PLAYER_NOT_FOUND
   */
  export(
    networkId: string,
    playerId: string,
    by: { readonly actor: Actor; readonly author: Author },
  ): Promise<AsyncGenerator<string>>
  /**
   * Removes every row of the player. Past CCU stays: it counts, and names nobody.
   *
   * @param confirmation the player's id or last name, again
   * @throws MctrackError CONFLICT while the player is online, PLAYER_NOT_FOUND, CONFIRMATION_WRONG, STORAGE_UNAVAILABLE
   */
  erase(networkId: string, playerId: string, confirmation: string, author: Author): Promise<Erasure>
}

export interface PlayerDataDeps {
  readonly clickhouse: ClickHouse
  readonly rows: PlayerRows
  readonly audit: Pick<AuditLog, 'note' | 'around'>
  readonly isOnline: (networkId: string, playerId: string) => boolean
  /** Resolves when all that this process holds is stored. */
  readonly untilAllStored: () => Promise<void>
  readonly now: () => number
}

/** A request waits for so long at most. */
const ERASURE_TIMEOUT_MS = 25_000
const RETRY_AFTER_MS = 10_000

export function createPlayerData(deps: PlayerDataDeps): PlayerData {
  const { clickhouse, rows, audit, isOnline, untilAllStored, now } = deps

  const change = (action: AuditedChange['action'], networkId: string, playerId: string): AuditedChange => ({
    action,
    networkId,
    target: { kind: 'player', id: playerId },
    before: null,
    after: null,
  })

  function requireOffline(networkId: string, playerId: string): void {
    if (isOnline(networkId, playerId)) {
      throw new MctrackError('CONFLICT', 'This player is online. Kick them first, then erase what is stored of them.')
    }
  }

  async function requireConfirmed(networkId: string, playerId: string, confirmation: string): Promise<void> {
    const typed = confirmation.trim()
    if (typed.toLowerCase().replaceAll('-', '') === playerId.replaceAll('-', '')) return
    const names = await rows.loadNames(networkId, playerId)
    if (!names.includes(typed)) {
      throw new MctrackError('CONFIRMATION_WRONG', 'This asks for the id or the name of the player again.')
    }
  }

  return {
    async export(networkId, playerId, { actor, author }) {
      if (!can(actor, 'players.view', networkId)) throw new MctrackError('FORBIDDEN')
      const found = await rows.find(networkId, playerId)
      if (found.length === 0) throw new MctrackError('PLAYER_NOT_FOUND')
      await audit.note(author, change('player.exported', networkId, playerId))
      const head = { networkId, playerId, exportedAtMs: now() }
      return writePlayerExport(clickhouse, head, found, { hasPurchases: can(actor, 'revenue.view', networkId) })
    },

    async erase(networkId, playerId, confirmation, author) {
      requireOffline(networkId, playerId)
      await untilAllStored()
      const found = await rows.find(networkId, playerId)
      if (found.length === 0) throw new MctrackError('PLAYER_NOT_FOUND')
      await requireConfirmed(networkId, playerId, confirmation)
      requireOffline(networkId, playerId)
      return audit.around(author, change('player.erased', networkId, playerId), async () => {
        const isDone = await rows.remove(networkId, playerId, ERASURE_TIMEOUT_MS)
        if (!isDone) {
          const sentence =
            'It takes long to erase this, and goes on. Ask again: once it is done, the player is not found.'
          throw new MctrackError('STORAGE_UNAVAILABLE', sentence, { retryAfterMs: RETRY_AFTER_MS })
        }
        return { playerId, erasedAtMs: now(), rows: found.reduce((sum, table) => sum + table.rows, 0) }
      })
    },
  }
}
