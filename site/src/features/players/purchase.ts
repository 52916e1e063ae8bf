import { LOCALE } from '../../components/format-context.ts'
import type { PlayerEvent } from '../explore/event.ts'

/** A purchase as a server saw it. */
export interface SeenPurchase {
  readonly product: string
  readonly store: string
  /** With its currency, or '' where it is not known. */
  readonly price: string
}

/** Reads the properties of a purchase; what is missing is ''. */
export function readPurchase(properties: PlayerEvent['properties']): SeenPurchase {
  const { product, store, amountMinor, currency } = properties
  return {
    product: typeof product === 'string' ? product : '',
    store: typeof store === 'string' ? store : '',
    price: typeof amountMinor === 'number' && typeof currency === 'string' ? money(amountMinor, currency) : '',
  }
}

/** 4.99 for 499 minor units of a currency with two digits. */
function money(amountMinor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, currencyDisplay: 'code' })
    return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
  } catch {
    return `${amountMinor} ${currency}` // No code of a currency.
  }
}
