import { describe, expect, it } from 'vitest'
import { readRights } from './rights.ts'

describe('readRights', () => {
  const rights = readRights({
    credential: 'sign_in',
    permissions: ['networks.create'],
    networks: [{ networkId: 'a', permissions: ['network.view', 'keys.manage'] }],
  })

  it('allows on a network what its membership allows, and nothing elsewhere', () => {
    expect(rights.may('keys.manage', 'a')).toBe(true)
    expect(rights.may('network.settings', 'a')).toBe(false)
    expect(rights.may('keys.manage', 'b')).toBe(false)
    expect(rights.may('keys.manage', undefined)).toBe(false)
  })

  it('allows on the installation what is of the installation', () => {
    expect(rights.may('networks.create', undefined)).toBe(true)
    expect(rights.may('networks.create', 'a')).toBe(true)
    expect(rights.may('users.manage', 'a')).toBe(false)
  })

  it('allows everything to the operator', () => {
    const operator = readRights({ credential: 'operator', permissions: [], networks: [] })
    expect(operator.may('network.delete', 'a')).toBe(true)
    expect(operator.may('users.manage', undefined)).toBe(true)
  })
})
