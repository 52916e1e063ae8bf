import type { App } from '../../app/app-context.ts'
import { parseRange, resolveRange } from '../../url/range.ts'
import { labelRange } from '../shell/range-labels.ts'
import type { FilterField } from './filter-field.ts'

/** A field whose values are days of the network's calendar, written as a range of the URL. */
export function daysField(app: App, dimension: 'first-seen' | 'last-seen', title: string): FilterField {
  return {
    dimension,
    title,
    describe(value) {
      const range = parseRange(value)
      if (range === undefined) return value
      const timeZone = app.network()?.timeZone ?? 'UTC'
      return labelRange(range, resolveRange(range, { nowMs: app.now(), timeZone }), app.format())
    },
    input: { kind: 'days' },
  }
}
