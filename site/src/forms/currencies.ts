import type { SelectOption } from './select-field.tsx'

const OF_REGION: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
  TR: 'TRY',
  UA: 'UAH',
  US: 'USD',
}
const FALLBACK = 'EUR'

/** The currency of the region that a language tag names; euros where that says nothing. */
export function guessCurrency(language: string): string {
  try {
    return OF_REGION[new Intl.Locale(language).maximize().region ?? ''] ?? FALLBACK
  } catch {
    return FALLBACK // Not a language tag.
  }
}

/** Every currency with its name, such as "EUR · Euro". */
export function listCurrencies(locale: string): readonly SelectOption[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({
    value: code,
    title: `${code} · ${names.of(code) ?? code}`,
  }))
}
