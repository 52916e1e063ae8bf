import { LIMITS } from '@mctrack/sdk/protocol'
import { type RowSink, writeUInt8 } from '../../platform/clickhouse/row-binary.ts'
import { type Refusal, refuse } from '../event.ts'
import { copyJsonText } from './copy-text.ts'
import { type Reader, readInteger, readTextLength } from './reader.ts'

const DIGIT_ZERO = 0x30

/** Writes the value of a property as JSON. */
export function writeJsonValue(reader: Reader, sink: RowSink): Refusal | undefined {
  const first = reader.bytes[reader.at] as number
  if ((first & 0xe0) === 0xa0 || first === 0xd9 || first === 0xda || first === 0xdb) {
    const length = readTextLength(reader)
    if (length > LIMITS.propertyStringBytesMax || !copyJsonText(reader, sink, length)) {
      return refuse('PROPERTIES_INVALID', 'a text is too long or not UTF-8')
    }
    return undefined
  }
  if (first === 0xc0 || first === 0xc2 || first === 0xc3) {
    reader.at += 1
    writeAscii(sink, first === 0xc0 ? 'null' : first === 0xc2 ? 'false' : 'true')
    return undefined
  }
  if (first < 10) {
    reader.at += 1
    writeUInt8(sink, DIGIT_ZERO + first)
    return undefined
  }
  const number = readNumber(reader, first)
  if (number === undefined) return refuse('PROPERTIES_INVALID', 'a value is neither text, number, boolean nor null')
  writeAscii(sink, String(number))
  return undefined
}

/** A finite number, or undefined for anything else. Integers beyond 2^53 keep what a double can hold of them. */
function readNumber(reader: Reader, first: number): number | undefined {
  const { view, at, end } = reader
  if (first === 0xcb && at + 9 <= end) {
    reader.at = at + 9
    const value = view.getFloat64(at + 1)
    return Number.isFinite(value) ? value : undefined
  }
  if (first === 0xca && at + 5 <= end) {
    reader.at = at + 5
    const value = view.getFloat32(at + 1)
    return Number.isFinite(value) ? value : undefined
  }
  if ((first === 0xcf || first === 0xd3) && at + 9 <= end) {
    reader.at = at + 9
    return Number(first === 0xcf ? view.getBigUint64(at + 1) : view.getBigInt64(at + 1))
  }
  const value = readInteger(reader)
  return Number.isNaN(value) ? undefined : value
}

function writeAscii(sink: RowSink, text: string): void {
  for (let i = 0; i < text.length; i++) sink.bytes[sink.at++] = text.charCodeAt(i)
}
