import { type Accessor, createContext, useContext } from 'solid-js'
import { createFormatters, type Formatters } from '../format/formatters.ts'

/** How texts are written here, and what time it is. */
export interface FormatContextValue {
  readonly format: Accessor<Formatters>
  /** Unix milliseconds; moves on every second while somebody looks. */
  readonly now: Accessor<number>
}

/** The language of the texts, which dates and numbers follow: English with 24 hours and the day first. */
export const LOCALE = 'en-GB'

const FALLBACK: FormatContextValue = {
  format: () => createFormatters({ locale: LOCALE, timeZone: 'UTC', now: Date.now }),
  now: Date.now,
}

export const FormatContext = createContext<FormatContextValue>(FALLBACK)

/** The formatters and the clock of the network that is shown. */
export function useFormat(): FormatContextValue {
  return useContext(FormatContext)
}
