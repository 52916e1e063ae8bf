import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import { OPT_OUT_LIMITS, type OptOut } from './opt-out.ts'

export interface OptOutStore {
  loadAll(): Promise<OptOut[]>
  /**
   * Resolves with the one that is there, which may be an earlier one.
   *
   * @throws MctrackError CONFLICT when there are too many
   */
  add(optOut: OptOut, author: Author): Promise<OptOut>
  /** Resolves with whether it was there. */
  remove(networkId: string, playerId: string, author: Author): Promise<boolean>
}

export function createOptOutStore(db: Postgres, audit: Pick<AuditLog, 'write'>): OptOutStore {
  return {
    async loadAll() {
      const rows = await db.selectFrom('opt_outs').selectAll().execute()
      return rows.map(toOptOut)
    },

    async add(optOut, author) {
      const { networkId, playerId, optedOutAtMs } = optOut
      return db.transaction().execute(async (transaction) => {
        // One after the other, so that two at once do not both find room for the last.
        await transaction.selectFrom('networks').select('id').where('id', '=', networkId).forUpdate().execute()
        const known = await transaction
          .selectFrom('opt_outs')
          .selectAll()
          .where('network_id', '=', networkId)
          .where('player_id', '=', playerId)
          .executeTakeFirst()
        if (known !== undefined) return toOptOut(known)
        const { players } = await transaction
          .selectFrom('opt_outs')
          .select(({ fn }) => fn.countAll<number>().as('players'))
          .where('network_id', '=', networkId)
          .executeTakeFirstOrThrow()
        if (Number(players) >= OPT_OUT_LIMITS.playersMax) {
          throw new MctrackError(
            'CONFLICT',
            `${OPT_OUT_LIMITS.playersMax} players have opted out of this network, which is as many as it can keep.`,
          )
        }
        await transaction
          .insertInto('opt_outs')
          .values({ network_id: networkId, player_id: playerId, opted_out_at_ms: optedOutAtMs })
          .execute()
        await audit.write(transaction, author, [change('player.opted_out', networkId, playerId)])
        return optOut
      })
    },

    async remove(networkId, playerId, author) {
      return db.transaction().execute(async (transaction) => {
        const [removed] = await transaction
          .deleteFrom('opt_outs')
          .where('network_id', '=', networkId)
          .where('player_id', '=', playerId)
          .returning('player_id')
          .execute()
        if (removed === undefined) return false
        await audit.write(transaction, author, [change('player.opted_in', networkId, playerId)])
        return true
      })
    },
  }
}

function change(action: 'player.opted_out' | 'player.opted_in', networkId: string, playerId: string) {
  return { action, networkId, target: { kind: 'player', id: playerId }, before: null, after: null } as const
}

function toOptOut(row: {
  readonly network_id: string
  readonly player_id: string
  readonly opted_out_at_ms: number
}): OptOut {
  return { networkId: row.network_id, playerId: row.player_id, optedOutAtMs: row.opted_out_at_ms }
}
