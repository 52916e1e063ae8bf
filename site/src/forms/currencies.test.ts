import { describe, expect, it } from 'vitest'
import { guessCurrency, listCurrencies } from './currencies.ts'

describe('guessCurrency', () => {
  it.each([
    ['en-US', 'USD'],
    ['en-GB', 'GBP'],
    ['de', 'EUR'],
    ['pl', 'PLN'],
    ['pt-BR', 'BRL'],
    ['', 'EUR'],
    ['not a tag', 'EUR'],
  ])('%s is %s', (language, currency) => {
    expect(guessCurrency(language)).toBe(currency)
  })
})

it('names every currency', () => {
  expect(listCurrencies('en-GB')).toContainEqual({ value: 'EUR', title: 'EUR · Euro' })
})
