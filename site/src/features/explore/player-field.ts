import { exploreMessages as m } from '../../messages/explore-messages.ts'
import type { FilterField } from './filter-field.ts'
import { readUuid } from './read-uuid.ts'

const UUID_CHARS_MAX = 36

/** One player by UUID, told by name where a row of the list knows it. */
export function playerField(nameOf: (playerId: string) => string | null | undefined): FilterField {
  return {
    dimension: 'player',
    title: m.player,
    describe: (value) => nameOf(value.toLowerCase()) ?? value,
    input: {
      kind: 'text',
      charsMax: UUID_CHARS_MAX,
      choices: () => [],
      parse: readUuid,
    },
  }
}
