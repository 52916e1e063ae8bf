import { expect, it } from 'vitest'
import { readPurchase } from './purchase.ts'

it.each([
  [{ product: 'VIP', store: 'tebex', amountMinor: 499, currency: 'EUR' }, ['VIP', 'tebex', 'EUR 4.99']],
  [{ product: 'VIP', store: 'tebex', amountMinor: 499, currency: 'JPY' }, ['VIP', 'tebex', 'JPY 499']],
  [{ amountMinor: 5, currency: '<b>' }, ['', '', '5 <b>']],
  [{ product: 7, amountMinor: null }, ['', '', '']],
])('reads a purchase from %j', (properties, [product, store, price]) => {
  const read = readPurchase(properties)
  expect([read.product, read.store, read.price.replace(/\s/g, ' ')]).toEqual([product, store, price])
})
