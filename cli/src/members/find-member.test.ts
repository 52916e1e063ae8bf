import { expect, it } from 'vitest'
import type { Member } from '../api/types.ts'
import { findMember, nameMember } from './find-member.ts'

const member = (number: number, name: string, email: string | null): Member => ({
  userId: `019aa000-0000-7000-8000-00000000000${number}`,
  name,
  email,
  role: { id: 'viewer', name: 'Viewer' },
  joinedAtMs: 0,
})
const alex = member(1, 'Alex', 'alex@example.net')
const kim = member(2, 'Kim', null)
const all = [alex, kim, member(3, 'Sam', 'sam@example.net'), member(4, 'Sam', 'other@example.net')]

it.each([
  ['ALEX@example.net', alex],
  ['kim', kim],
  [kim.userId.toUpperCase(), kim],
])('%j means a member', (named, expected) => {
  expect(findMember(all, named)).toBe(expected)
})

it.each([
  ['sam', 'USAGE'],
  ['nobody', 'MEMBER_NOT_FOUND'],
  ['', 'MEMBER_NOT_FOUND'],
])('%j is refused with %s', (named, code) => {
  expect(() => findMember(all, named)).toThrow(expect.objectContaining({ code }))
})

it('is called by name and e-mail address', () => {
  expect([alex, kim].map(nameMember)).toEqual(['Alex (alex@example.net)', 'Kim'])
})
