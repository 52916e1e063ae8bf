import { expect } from 'vitest'
import { ask } from './api.ts'
import {
  BY_NOBODY,
  type Change,
  createToken,
  DAY_MS,
  DEMO,
  ended,
  HERE,
  HOUR,
  HOUR_MS,
  isPassword,
  join,
  keysOf,
  type Network,
  postgres,
  refused,
  revocationOf,
  roleChange,
  setUpInvitation,
  setUpMember,
  setUpPerson,
  setUpRole,
  started,
  startProgram,
  test,
  tokensOf,
  withoutOwners,
} from './audit-set-up.ts'
import { type Browser, createPerson, openBrowser } from './browser.ts'

/** Every route that changes anything, by its place in the OpenAPI document. */
export const CHANGES: Readonly<Record<string, (network: Network) => Promise<Change> | Change>> = {
  'POST /api/v1/networks': ({ collector }) => ({
    path: '/api/v1/networks',
    body: { name: 'Another', currency: 'USD' },
    entries: [
      {
        action: 'network.created',
        networkId: expect.any(String),
        target: { kind: 'network', id: expect.any(String) },
        before: null,
        after: { name: 'Another', timeZone: 'UTC', currency: 'USD', resumeWindowMs: 30_000 },
      },
    ],
    untouched: async () => (await ask(collector, 'GET', '/api/v1/networks')).body.length,
  }),
  'POST /api/v1/demo-network': async ({ collector }) => {
    await ask(collector, 'DELETE', DEMO)
    return {
      path: DEMO,
      body: { days: 1 },
      entries: [
        {
          action: 'network.created',
          target: { kind: 'network', id: expect.any(String) },
          before: null,
          after: { name: 'Demo network', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000, isDemo: true },
        },
      ],
      untouched: async () => (await ask(collector, 'GET', DEMO)).body.networkId,
    }
  },
  'DELETE /api/v1/demo-network': async ({ collector }) => {
    await ask(collector, 'DELETE', DEMO)
    const { networkId } = (await ask(collector, 'POST', DEMO, { body: { days: 1 } })).body
    const target = { kind: 'network', id: networkId }
    return {
      path: DEMO,
      networkId,
      entries: [
        {
          action: 'network.deleted',
          target,
          before: { name: 'Demo network', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000, isDemo: true },
          after: null,
        },
        {
          action: 'network.deletion_requested',
          target,
          before: { archivedAtMs: null, deleteAtMs: null },
          after: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: async () => (await ask(collector, 'GET', DEMO)).body.networkId,
    }
  },
  'PATCH /api/v1/networks/{networkId}': ({ path, networkId, send }) => ({
    path,
    body: { name: 'Renamed', currency: 'EUR', dataRetentionDays: 90, archived: true },
    entries: [
      {
        action: 'network.archived',
        target: { kind: 'network', id: networkId },
        before: { archivedAtMs: null },
        after: { archivedAtMs: expect.any(Number) },
      },
      {
        action: 'network.changed',
        target: { kind: 'network', id: networkId },
        before: { name: 'Audited', dataRetentionDays: null, dataRetentionFromMs: null },
        after: { name: 'Renamed', dataRetentionDays: 90, dataRetentionFromMs: expect.any(Number) },
      },
    ],
    untouched: async () => (await send('GET', '')).body,
  }),
  'POST /api/v1/networks/{networkId}/keys': (network) => ({
    path: `${network.path}/keys`,
    body: { name: 'second', gamemode: 'survival' },
    entries: [
      {
        action: 'key.created',
        target: { kind: 'key', id: expect.any(String) },
        before: null,
        after: { name: 'second', gamemode: 'survival', lastFour: expect.stringMatching(/^.{4}$/) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'PATCH /api/v1/networks/{networkId}/keys/{keyId}': (network) => ({
    path: `${network.path}/keys/${network.keyId}`,
    body: { name: 'renamed' },
    entries: [
      {
        action: 'key.renamed',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test' },
        after: { name: 'renamed' },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'POST /api/v1/networks/{networkId}/keys/{keyId}/rotate': (network) => ({
    path: `${network.path}/keys/${network.keyId}/rotate`,
    body: { graceSeconds: 60 },
    entries: [
      {
        action: 'key.rotated',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test', lastFour: network.key.slice(-4) },
        after: { name: 'test', lastFour: expect.stringMatching(/^.{4}$/), earlierEndsAtMs: expect.any(Number) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'POST /api/v1/networks/{networkId}/keys/{keyId}/revoke': (network) => ({
    path: `${network.path}/keys/${network.keyId}/revoke`,
    entries: [
      {
        action: 'key.revoked',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test', revokedAtMs: null },
        after: { name: 'test', revokedAtMs: expect.any(Number) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'PUT /api/v1/networks/{networkId}/gamemodes/{backend}': async ({ path, ingest, send }) => {
    await ingest('/session/start', join())
    return {
      path: `${path}/gamemodes/lobby-1`,
      body: { gamemode: 'lobby' },
      entries: [
        {
          action: 'gamemode.mapped',
          target: { kind: 'backend', id: 'lobby-1' },
          before: { gamemode: 'lobby-1' },
          after: { gamemode: 'lobby' },
        },
      ],
      untouched: async () => (await send('GET', '/gamemodes')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/dead-letters/{deadLetterId}/replay': async (network) => {
    const id = await refused(network, { startedAtMs: Date.now() - 500 * DAY_MS })
    return {
      path: `${network.path}/dead-letters/${id}/replay`,
      entries: [
        {
          action: 'dead_letters.replayed',
          target: { kind: 'dead_letter', id },
          before: { state: 'kept', code: 'EVENT_TOO_OLD' },
          after: { state: 'replayed', code: 'EVENT_TOO_OLD' },
        },
      ],
      untouched: async () => (await network.send('GET', '/dead-letters')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/dead-letters/{deadLetterId}/discard': async (network) => {
    const id = await refused(network, { startedAtMs: Date.now() - 500 * DAY_MS })
    return {
      path: `${network.path}/dead-letters/${id}/discard`,
      entries: [
        {
          action: 'dead_letters.discarded',
          target: { kind: 'dead_letter', id },
          before: { state: 'kept', code: 'EVENT_TOO_OLD' },
          after: { state: 'discarded', code: 'EVENT_TOO_OLD' },
        },
      ],
      untouched: async () => (await network.send('GET', '/dead-letters')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/ccu/rebuild': ({ path, networkId, send }) => ({
    path: `${path}/ccu/rebuild`,
    body: { fromMs: HOUR, toMs: HOUR + HOUR_MS },
    entries: [
      {
        action: 'ccu.rebuilt',
        target: { kind: 'network', id: networkId },
        before: null,
        after: { fromMs: HOUR, toMs: HOUR + HOUR_MS },
      },
    ],
    untouched: async () => (await send('GET', `/ccu?fromMs=${HOUR}&toMs=${HOUR + HOUR_MS}`)).body.series,
  }),
  'POST /api/v1/networks/{networkId}/deletion': ({ path, networkId, send }) => ({
    path: `${path}/deletion`,
    body: { name: 'Audited' },
    entries: [
      {
        action: 'network.deletion_requested',
        target: { kind: 'network', id: networkId },
        before: { archivedAtMs: null, deleteAtMs: null },
        after: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
      },
    ],
    untouched: async () => (await send('GET', '')).body,
  }),
  'DELETE /api/v1/networks/{networkId}/deletion': async ({ path, networkId, send }) => {
    await send('POST', '/deletion', { name: 'Audited' })
    return {
      path: `${path}/deletion`,
      entries: [
        {
          action: 'network.deletion_cancelled',
          target: { kind: 'network', id: networkId },
          before: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
          after: { archivedAtMs: null, deleteAtMs: null },
        },
      ],
      untouched: async () => (await send('GET', '')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/players/{playerId}/erase': async ({ path, ingest, send }) => {
    const { uuid, name } = join()
    const { body } = await ingest('/session/start', join())
    await ingest('/session/end', { sessionId: body.sessionId })
    return {
      path: `${path}/players/${uuid}/erase`,
      body: { player: name },
      entries: [{ action: 'player.erased', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', `/players/${uuid}/export`)).body.sessions,
    }
  },
  'PUT /api/v1/networks/{networkId}/opt-outs/{playerId}': async ({ path, send }) => {
    const { uuid } = join()
    return {
      path: `${path}/opt-outs/${uuid}`,
      entries: [{ action: 'player.opted_out', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', '/opt-outs')).body,
    }
  },
  'DELETE /api/v1/networks/{networkId}/opt-outs/{playerId}': async ({ path, send }) => {
    const { uuid } = join()
    await send('PUT', `/opt-outs/${uuid}`)
    return {
      path: `${path}/opt-outs/${uuid}`,
      entries: [{ action: 'player.opted_in', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', '/opt-outs')).body,
    }
  },
  'POST /api/v1/account/deletion': async () => {
    const { onUser, byThem, stored, password } = await setUpPerson()
    return {
      path: '/api/v1/account/deletion',
      body: { password },
      ...byThem,
      entries: [
        {
          action: 'user.deletion_requested',
          target: onUser,
          before: { deleteAtMs: null },
          after: { deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'DELETE /api/v1/account/deletion': async () => {
    const { onUser, byThem, stored, userId } = await setUpPerson()
    const deleteAtMs = Date.now() + DAY_MS
    await postgres.query('UPDATE users SET delete_at_ms = $2 WHERE id = $1', [userId, deleteAtMs])
    return {
      path: '/api/v1/account/deletion',
      ...byThem,
      entries: [
        { action: 'user.deletion_cancelled', target: onUser, before: { deleteAtMs }, after: { deleteAtMs: null } },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users/{userId}/deletion': async () => {
    const { onUser, stored, userId, email } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/deletion`,
      body: { email: email.toUpperCase() },
      networkId: null,
      entries: [
        {
          action: 'user.deletion_requested',
          target: onUser,
          before: { deleteAtMs: null },
          after: { deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'DELETE /api/v1/users/{userId}/deletion': async () => {
    const { onUser, stored, userId } = await setUpPerson()
    const deleteAtMs = Date.now() + DAY_MS
    await postgres.query('UPDATE users SET delete_at_ms = $2 WHERE id = $1', [userId, deleteAtMs])
    return {
      path: `/api/v1/users/${userId}/deletion`,
      networkId: null,
      entries: [
        { action: 'user.deletion_cancelled', target: onUser, before: { deleteAtMs }, after: { deleteAtMs: null } },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users': async () => ({
    path: '/api/v1/users',
    body: { email: `made-${Math.random()}@example.net`, name: 'Made' },
    networkId: null,
    entries: [
      {
        action: 'user.created',
        target: { kind: 'user', id: expect.any(String) },
        before: null,
        after: { email: 'm…@example.net', name: 'Made', ownsInstallation: false },
      },
    ],
    untouched: async () => (await ask(test.collector, 'GET', '/api/v1/users')).body.length,
  }),
  'PATCH /api/v1/users/{userId}': async () => {
    const { userId, onUser, stored } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}`,
      body: { name: 'After', disabled: true },
      networkId: null,
      entries: [
        { action: 'user.changed', target: onUser, before: { name: 'Before' }, after: { name: 'After' } },
        {
          action: 'user.disabled',
          target: onUser,
          before: { disabledAtMs: null },
          after: { disabledAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users/{userId}/password-link': async () => {
    const { userId, onUser, links } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/password-link`,
      networkId: null,
      entries: [
        {
          action: 'password_link.created',
          target: onUser,
          before: null,
          after: { expiresAtMs: expect.any(Number) },
        },
      ],
      untouched: links,
    }
  },
  'PUT /api/v1/users/{userId}/password': async () => {
    const { userId, onUser, hash } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/password`,
      body: { password: 'given by the operator' },
      networkId: null,
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'POST /api/v1/sign-in': async () => {
    const { userId, email, password, signIns } = await setUpPerson()
    return {
      ...BY_NOBODY,
      path: '/api/v1/sign-in',
      body: { email, password },
      browser: openBrowser(test.collector),
      entries: [started(userId)],
      untouched: signIns,
    }
  },
  'POST /api/v1/sign-out': async () => {
    const { byThem, signIns } = await setUpPerson()
    return { ...byThem, path: '/api/v1/sign-out', entries: [ended], untouched: signIns }
  },
  'POST /api/v1/setup/link': async () => {
    const { links } = await setUpPerson()
    await withoutOwners()
    return {
      path: '/api/v1/setup/link',
      networkId: null,
      entries: [
        {
          action: 'setup_link.created',
          target: { kind: 'installation', id: null },
          before: null,
          after: { expiresAtMs: expect.any(Number) },
        },
      ],
      untouched: links,
    }
  },
  'POST /api/v1/setup': async () => {
    await withoutOwners()
    const { body } = await ask(test.collector, 'POST', '/api/v1/setup/link')
    // Those networks that have no owner get one, each with an entry of its own.
    await postgres.query('DELETE FROM networks')
    return {
      ...BY_NOBODY,
      path: '/api/v1/setup',
      body: {
        token: body.url.split('#')[1],
        email: `owner-${Math.random()}@example.net`,
        name: 'Olga',
        password: 'a long enough password',
      },
      browser: openBrowser(test.collector),
      entries: [
        {
          action: 'installation.set_up',
          target: { kind: 'installation', id: null },
          before: null,
          after: { userId: expect.any(String) },
        },
        started(expect.any(String)),
        {
          action: 'user.created',
          target: { kind: 'user', id: expect.any(String) },
          before: null,
          after: { email: 'o…@example.net', name: 'Olga', ownsInstallation: true },
        },
      ],
      untouched: async () => (await ask(test.collector, 'GET', '/api/v1/users')).body.length,
    }
  },
  'POST /api/v1/password': async () => {
    const { userId, onUser, hash } = await setUpPerson()
    const { body } = await ask(test.collector, 'POST', `/api/v1/users/${userId}/password-link`)
    return {
      ...BY_NOBODY,
      path: '/api/v1/password',
      body: { token: body.url.split('#')[1], password: 'chosen by the link' },
      browser: openBrowser(test.collector),
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'PATCH /api/v1/account': async () => {
    const { byThem, onUser, email, password, stored } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account',
      body: { name: 'After', email: `x${email}`, currentPassword: password },
      entries: [
        {
          action: 'user.changed',
          target: onUser,
          before: { name: 'Before', email: `${email[0]}…@example.net` },
          after: { name: 'After', email: 'x…@example.net' },
        },
      ],
      untouched: stored,
    }
  },
  'PUT /api/v1/account/password': async () => {
    const { byThem, onUser, password, hash } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account/password',
      body: { currentPassword: password, password: 'another good password' },
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'DELETE /api/v1/account/sign-ins/{signInId}': async () => {
    const { byThem, browser, signIns } = await setUpPerson()
    const { body } = await browser.ask('GET', '/api/v1/account/sign-ins')
    return { ...byThem, path: `/api/v1/account/sign-ins/${body[0].id}`, entries: [ended], untouched: signIns }
  },
  'DELETE /api/v1/account/sign-ins': async () => {
    const { byThem, signIns } = await setUpPerson()
    return { ...byThem, path: '/api/v1/account/sign-ins', entries: [ended], untouched: signIns }
  },
  'POST /api/v1/account/tokens': async () => {
    const { byThem, userId, browser } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account/tokens',
      body: { name: 'script', permissions: ['export'] },
      entries: [
        {
          action: 'token.created',
          target: { kind: 'token', id: expect.any(String) },
          before: null,
          after: {
            name: 'script',
            lastFour: expect.stringMatching(/^.{4}$/),
            ownerId: userId,
            permissions: 'network.view, export',
            networkId: null,
            expiresAtMs: expect.any(Number),
          },
        },
      ],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/account/tokens/{tokenId}': async () => {
    const { byThem, browser } = await setUpPerson()
    const { id, isRevoked } = await createToken(browser)
    return {
      ...byThem,
      path: `/api/v1/account/tokens/${id}`,
      entries: [isRevoked],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/account/token': async ({ collector }) => {
    const { byThem, browser } = await setUpPerson()
    const { token, isRevoked } = await createToken(browser)
    const script: Browser = { ...browser, ask: (method, path) => ask({ ...collector, token }, method, path) }
    return {
      ...byThem,
      browser: script,
      path: '/api/v1/account/token',
      entries: [isRevoked],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/operator-tokens/{tokenId}': async ({ collector }) => {
    const { rows } = await postgres.query(
      `INSERT INTO tokens (id, name, sha256, last_four, permissions, created_at_ms)
       VALUES (gen_random_uuid(), 'script', sha256(gen_random_uuid()::text::bytea), 'abcd', '{}', 1) RETURNING id`,
    )
    return {
      networkId: null,
      path: `/api/v1/operator-tokens/${rows[0].id}`,
      entries: [revocationOf(rows[0].id)],
      untouched: async () =>
        (await ask(collector, 'GET', '/api/v1/operator-tokens')).body.filter(
          ({ revokedAtMs }: { revokedAtMs: number | null }) => revokedAtMs === null,
        ).length,
    }
  },
  'POST /api/v1/account/devices/{userCode}/approve': async () => {
    const { byThem } = await setUpPerson()
    const { path, requests } = await startProgram()
    return {
      ...byThem,
      path: `${path}/approve`,
      body: { expiresInDays: 7 },
      entries: [
        {
          action: 'device.approved',
          target: { kind: 'device', id: null },
          before: null,
          after: { name: 'host-1', permissions: 'network.view, export', networkId: null, days: 7 },
        },
      ],
      untouched: requests,
    }
  },
  'POST /api/v1/account/devices/{userCode}/deny': async () => {
    const { byThem } = await setUpPerson()
    const { path, requests } = await startProgram()
    return {
      ...byThem,
      path: `${path}/deny`,
      entries: [
        {
          action: 'device.denied',
          target: { kind: 'device', id: null },
          before: null,
          after: { name: 'host-1', askedFrom: HERE },
        },
      ],
      untouched: requests,
    }
  },
  'POST /api/v1/networks/{networkId}/roles': (network) => ({
    path: `${network.path}/roles`,
    body: { name: 'Moderator', permissions: ['export', 'network.view'] },
    entries: [
      {
        action: 'role.created',
        target: { kind: 'role', id: expect.any(String) },
        before: null,
        after: { name: 'Moderator', permissions: 'network.view, export' },
      },
    ],
    untouched: async () => (await network.send('GET', '/roles')).body,
  }),
  'PATCH /api/v1/networks/{networkId}/roles/{roleId}': async (network) => {
    const { id, onRole, roles } = await setUpRole(network)
    return {
      path: `${network.path}/roles/${id}`,
      body: { name: 'Moderator', permissions: ['network.view'] },
      entries: [
        {
          action: 'role.changed',
          target: onRole,
          before: { permissions: 'network.view, export' },
          after: { permissions: 'network.view' },
        },
      ],
      untouched: roles,
    }
  },
  'DELETE /api/v1/networks/{networkId}/roles/{roleId}': async (network) => {
    const { id, onRole, roles } = await setUpRole(network)
    const before = { name: 'Moderator', permissions: 'network.view, export' }
    return {
      path: `${network.path}/roles/${id}`,
      entries: [{ action: 'role.deleted', target: onRole, before, after: null }],
      untouched: roles,
    }
  },
  'POST /api/v1/networks/{networkId}/members': async (network) => {
    const { userId, email } = await createPerson(test.collector)
    const target = { kind: 'user', id: userId }
    return {
      path: `${network.path}/members`,
      body: { email, role: 'admin' },
      entries: [{ action: 'member.added', target, before: null, after: { role: 'Admin' } }],
      untouched: async () => (await network.send('GET', '/members')).body,
    }
  },
  'PATCH /api/v1/networks/{networkId}/members/{userId}': async (network) => {
    const { userId, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/members/${userId}`,
      body: { role: 'analyst' },
      entries: [roleChange(onUser, 'Viewer', 'Analyst')],
      untouched: members,
    }
  },
  'DELETE /api/v1/networks/{networkId}/members/{userId}': async (network) => {
    const { userId, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/members/${userId}`,
      entries: [{ action: 'member.removed', target: onUser, before: { role: 'Viewer' }, after: null }],
      untouched: members,
    }
  },
  'POST /api/v1/networks/{networkId}/leave': async (network) => {
    const { browser, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/leave`,
      browser,
      actor: onUser,
      entries: [{ action: 'member.left', target: onUser, before: { role: 'Viewer' }, after: null }],
      untouched: members,
    }
  },
  'POST /api/v1/networks/{networkId}/transfer': async (network) => {
    const [owner, viewer] = [await setUpMember(network, 'owner'), await setUpMember(network)]
    const onNetwork = { kind: 'network', id: network.networkId }
    return {
      path: `${network.path}/transfer`,
      body: { userId: viewer.userId },
      browser: owner.browser,
      actor: owner.onUser,
      // The newest first.
      entries: [
        roleChange(owner.onUser, 'Owner', 'Admin'),
        roleChange(viewer.onUser, 'Viewer', 'Owner'),
        {
          action: 'network.transferred',
          target: onNetwork,
          before: { ownerId: owner.userId },
          after: { ownerId: viewer.userId },
        },
      ],
      untouched: viewer.members,
    }
  },
  'POST /api/v1/networks/{networkId}/invitations': (network) => ({
    path: `${network.path}/invitations`,
    body: { email: 'kim@example.net', role: 'analyst' },
    entries: [
      {
        action: 'invitation.created',
        target: { kind: 'invitation', id: expect.any(String) },
        before: null,
        after: { email: 'k…@example.net', role: 'Analyst' },
      },
    ],
    untouched: async () => (await network.send('GET', '/invitations')).body,
  }),
  'DELETE /api/v1/networks/{networkId}/invitations/{invitationId}': async (network) => {
    const { id, onInvitation, invitations } = await setUpInvitation(network)
    const before = { email: 'k…@example.net', role: 'Analyst' }
    return {
      path: `${network.path}/invitations/${id}`,
      entries: [{ action: 'invitation.cancelled', target: onInvitation, before, after: null }],
      untouched: invitations,
    }
  },
  'POST /api/v1/invitations/accept': async (network) => {
    const { userId, email, browser, onUser } = await setUpPerson()
    const { token, onInvitation, invitations } = await setUpInvitation(network, email)
    const before = { email: `${email[0]}…@example.net`, role: 'Analyst' }
    return {
      path: '/api/v1/invitations/accept',
      body: { token },
      browser,
      actor: { kind: 'user', id: userId },
      entries: [
        { action: 'invitation.accepted', target: onInvitation, before, after: null },
        { action: 'member.added', target: onUser, before: null, after: { role: 'Analyst' } },
      ],
      untouched: invitations,
    }
  },
  'POST /api/v1/invitations/accept-new': async (network) => {
    const { token, onInvitation, invitations } = await setUpInvitation(network)
    const before = { email: 'k…@example.net', role: 'Analyst' }
    const target = { kind: 'user', id: expect.any(String) }
    return {
      path: '/api/v1/invitations/accept-new',
      body: { token, name: 'Kim', password: 'a long enough password' },
      browser: openBrowser(test.collector),
      actor: BY_NOBODY.actor,
      // Those of the new account and its sign-in are of no network.
      entries: [
        { action: 'invitation.accepted', target: onInvitation, before, after: null },
        { action: 'member.added', target, before: null, after: { role: 'Analyst' } },
      ],
      untouched: invitations,
    }
  },
}
