import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpCollector } from '@mctrack/collector/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ran, runCli } from './support/run-cli.ts'

const test = setUpCollector()
let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Commands as the operator gives them, about a network of their own, and a way to make accounts. */
async function setUp(name: string) {
  const env = { MCTRACK_DATA_DIR: test.collector.dataDirectory, MCTRACK_CONFIG_DIR: join(directory, name) }
  const mctrack = (...args: readonly string[]): Promise<Ran> => runCli(args, { env })
  await mctrack('networks', 'create', name)
  const emailOf = (who: string) => `${who}.${name}@example.net`
  const account = async (who: string) => (await mctrack('users', 'create', emailOf(who), '--name', who)).code
  return { mctrack, emailOf, account }
}

it('members are added, changed, handed the network over, and removed', async () => {
  const { mctrack, emailOf, account } = await setUp('members')
  expect((await mctrack('members', 'list')).stderr).toContain('members has no member yet')
  for (const who of ['Olga', 'Kim', 'Sam']) expect(await account(who)).toBe(0)
  expect(await mctrack('members', 'add', emailOf('Olga'), '--role', 'Owner')).toMatchObject({
    code: 0,
    stderr: '✓ Olga is a member of members now: Owner.\n',
  })
  expect((await mctrack('members', 'add', emailOf('kim'), '--json')).json()).toMatchObject({
    name: 'Kim',
    email: emailOf('Kim'),
    role: { id: 'viewer', name: 'Viewer' },
  })
  expect((await mctrack('members', 'set', 'Kim', '--role', 'ANALYST')).stderr).toContain('has the role Analyst now')
  expect((await mctrack('members', 'list')).stdout).toMatch(/^Kim +Kim\.members@example\.net +Analyst /m)
  expect(await mctrack('members', 'remove', emailOf('Olga'))).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('must keep an owner'),
  })
  expect((await mctrack('members', 'transfer', 'kim', '--from', 'Olga', '--json')).json()).toMatchObject({
    name: 'Kim',
    role: { id: 'owner' },
  })
  expect((await mctrack('members', 'remove', emailOf('OLGA'))).code).toBe(0)
  const { stdout } = await mctrack('members', 'list', '--json')
  expect(JSON.parse(stdout)).toMatchObject([{ name: 'Kim', role: { id: 'owner' } }])
})

it.each([
  [['members', 'add', 'nobody@example.net'], 3, 'There is no such user.'],
  [['members', 'add', 'nobody'], 6, 'must be an e-mail address'],
  [['members', 'set', 'Nobody', '--role', 'viewer'], 3, 'mctrack members list'],
  [['members', 'set', 'Nobody'], 2, '--role'],
  [['members', 'set', 'Nobody', '--role', 'king'], 3, 'Owner, Admin, Analyst, Viewer'],
  [['roles', 'create', 'Odd', '--allow', 'networks.create'], 2, 'It must be of: network.view'],
  [['roles', 'change', 'viewer'], 2, '--name or --allow'],
  [['roles', 'delete', 'viewer'], 6, 'Every network has this role'],
  [['invitations', 'cancel', 'nobody@example.net'], 3, 'mctrack invitations list'],
])('%j is refused', async (args, code, sentence) => {
  const { mctrack } = await setUp('refused')
  const ran = await mctrack(...args, '--network', (await mctrack('networks', 'list', '--json')).json().at(-1).id)
  expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) })
})

it('roles are made, changed and deleted', async () => {
  const { mctrack, emailOf, account } = await setUp('roles')
  const role = (await mctrack('roles', 'create', 'Moderator', '--allow', 'players.view,export', '--json')).json()
  expect(role).toMatchObject({ isBuiltIn: false, permissions: ['network.view', 'players.view', 'export'], members: 0 })
  expect((await mctrack('roles', 'list')).stdout).toMatch(/^Moderator +0 +yes +network\.view, players\.view, export$/m)
  await account('Kim')
  await mctrack('members', 'add', emailOf('Kim'), '--role', 'moderator')
  expect(await mctrack('roles', 'delete', 'Moderator')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('1 member has it'),
  })
  expect(
    (await mctrack('roles', 'change', role.id, '--name', 'Mod', '--allow', 'export', '--json')).json(),
  ).toMatchObject({
    name: 'Mod',
    permissions: ['network.view', 'export'],
    members: 1,
  })
  await mctrack('members', 'remove', 'Kim')
  expect((await mctrack('roles', 'delete', 'mod')).code).toBe(0)
  expect((await mctrack('roles', 'list', '--json')).json()).toHaveLength(4)
})

it('invitations are links, alone on standard output, and are cancelled', async () => {
  const { mctrack } = await setUp('invitations')
  const { stdout, stderr } = await mctrack('invitations', 'create', 'kim@example.net', '--role', 'analyst')
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation#[A-Za-z0-9_-]{43}\n$/)
  expect(stderr).toContain('Invited kim@example.net to invitations.')
  const second = (await mctrack('invitations', 'create', 'sam@example.net', '--json')).json()
  expect(second).toMatchObject({ email: 'sam@example.net', role: { id: 'viewer' }, link: expect.any(String) })
  expect((await mctrack('invitations', 'list')).stdout).toMatch(/^kim@example\.net +Analyst +the operator +.*for /m)
  expect((await mctrack('invitations', 'cancel', 'KIM@example.net')).code).toBe(0)
  expect((await mctrack('invitations', 'cancel', second.id, '--yes')).code).toBe(0)
  expect((await mctrack('invitations', 'list', '--json')).json()).toEqual([])
})
