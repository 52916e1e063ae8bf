import { clickHouseCode } from '../platform/clickhouse/client.ts'
import type { InsertOutcome } from './flusher.ts'

/**
 * Numbers of ClickHouse's errors that blame the rows: the same rows would be refused for ever.
 *
 * @see https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const CONTENT_ERRORS: ReadonlySet<number> = new Set([
  6, // CANNOT_PARSE_TEXT
  26, // CANNOT_PARSE_QUOTED_STRING
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  33, // CANNOT_READ_ALL_DATA
  38, // CANNOT_PARSE_DATE
  41, // CANNOT_PARSE_DATETIME
  53, // TYPE_MISMATCH
  69, // ARGUMENT_OUT_OF_BOUND
  70, // CANNOT_CONVERT_TYPE
  72, // CANNOT_PARSE_NUMBER
  117, // INCORRECT_DATA
  131, // TOO_LARGE_STRING_SIZE
  321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  376, // CANNOT_PARSE_UUID
  469, // VIOLATED_CONSTRAINT
  691, // UNKNOWN_ELEMENT_OF_ENUM
])

/** Sorts the end of an insert into stored, refused for the rows' content, and failed for any other reason. */
export async function toOutcome(insert: Promise<void>): Promise<InsertOutcome> {
  try {
    await insert
    return { kind: 'stored' }
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    const code = clickHouseCode(error)
    return { kind: code !== undefined && CONTENT_ERRORS.has(code) ? 'refused' : 'failed', reason }
  }
}
