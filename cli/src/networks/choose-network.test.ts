import { describe, expect, it } from 'vitest'
import type { Network } from '../api/types.ts'
import { chooseNetwork } from './choose-network.ts'

function network(number: number, name: string, archivedAtMs: number | null = null): Network {
  const id = `019aa000-0000-7000-8000-00000000000${number}`
  return {
    id,
    name,
    timeZone: 'UTC',
    currency: 'EUR',
    resumeWindowMs: 30_000,
    createdAtMs: 0,
    archivedAtMs,
    deleteAtMs: null,
    dataRetentionDays: null,
    dataRetentionFromMs: null,
    dataRemovedBeforeMs: null,
    isDemo: false,
  }
}

const [one, two, old] = [network(1, 'One'), network(2, 'Two'), network(3, 'One', 1)]
const nothing = { named: undefined, remembered: undefined }

describe('without a name', () => {
  it('it is the one remembered', () => {
    expect(chooseNetwork([one, two], { ...nothing, remembered: two.id })).toBe(two)
  })
  it('it is the only one that is not archived, whatever is remembered', () => {
    expect(chooseNetwork([one, old], nothing)).toBe(one)
    expect(chooseNetwork([one, old], { ...nothing, remembered: old.id })).toBe(one)
  })
  it.each([
    ['none', [], 'NETWORK_NOT_FOUND', /Create one with/],
    ['archived ones only', [old], 'NETWORK_NOT_FOUND', /All networks are archived/],
    ['several', [one, two], 'USAGE', /^There are 2 networks\. Say which/],
  ])('with %s it is not known', (_, networks, code, message) => {
    expect(() => chooseNetwork(networks, nothing)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })
  it('says that the remembered one is gone', () => {
    expect(() => chooseNetwork([one, two], { ...nothing, remembered: 'x' })).toThrow(/remembered one is not among them/)
  })
})

describe('with a name', () => {
  const choose = (named: string, networks = [one, two, old]) => chooseNetwork(networks, { ...nothing, named })
  it('it is the id, the name, or the name in any case', () => {
    expect([choose(two.id.toUpperCase()), choose('Two'), choose(' tWO ')]).toEqual([two, two, two])
  })
  it('it prefers the exact name, and the network that is not archived', () => {
    const lower = network(4, 'one')
    expect(choose('one', [one, lower])).toBe(lower)
    expect(choose('One')).toBe(one)
  })
  it('it prefers the archived one where one is to be restored', () => {
    expect(chooseNetwork([one, old], { ...nothing, named: 'One', prefersArchived: true })).toBe(old)
  })
  it('that several have, all of them are told', () => {
    const twin = network(5, 'Two')
    expect(() => choose('two', [two, twin])).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(`${two.id}, ${twin.id}`) }),
    )
  })
  it('that none has, it is not found', () => {
    expect(() => choose('Three')).toThrow(expect.objectContaining({ code: 'NETWORK_NOT_FOUND' }))
  })
})
