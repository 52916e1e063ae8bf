import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { createGate, type Gate, type Identity, type SiteOrigin } from './access/index.ts'
import type { ApiDeps } from './api.ts'
import type { AuditLog, FailedSignIns } from './audit/index.ts'
import { type AccountDeletion, createAccountDeletion, createExportAccount } from './erasure/index.ts'
import {
  createChangeNetwork,
  createGrants,
  createInvitations,
  createMembers,
  createRoles,
  type Founding,
  requireOtherOwners,
} from './members/index.ts'
import type { CountryOf } from './platform/country.ts'
import type { DataDirectory } from './platform/data-directory.ts'
import type { Log } from './platform/log.ts'
import type { Postgres } from './platform/postgres/client.ts'
import type { SharedState } from './platform/shared-state/shared-state.ts'
import { lowerPoolPriority } from './platform/thread-priority.ts'
import type { Timers } from './platform/timers.ts'
import {
  createPasswordSignIn,
  createSetUp,
  createSignInAttempts,
  createSignInStore,
  createSignIns,
  describeClient,
} from './sign-in/index.ts'
import {
  createDevicePoll,
  createDeviceRequestStore,
  createDeviceSignIn,
  createOperatorToken,
  createOperatorTokenStore,
  createTokenStore,
  createTokens,
  DEVICE_RATES,
} from './tokens/index.ts'
import { createOneTimeLinks, createPasswords, createUserStore, createUsers } from './users/index.ts'

const MINUTE_MS = 60_000
/** Of one person, whatever they use. */
const API_LIMITS = [
  { requests: 10, windowMs: 1_000 },
  { requests: 100, windowMs: MINUTE_MS },
]
/** What nobody guesses: the secret of an invitation's link. */
const LINK_BYTES = 32
/** Of one address that tries links. */
const LINK_LIMITS = [{ requests: 20, windowMs: 10 * MINUTE_MS }]
/** How long an answer that goes on and on may outlive the right to it. */
const RECHECK_MS = 5_000

/** People and programs, as the rest of the collector needs them. */
export interface Accounts {
  readonly gate: Gate
  readonly deletion: AccountDeletion
  /** What their routes work with. */
  readonly api: Pick<
    ApiDeps,
    'signIn' | 'account' | 'users' | 'tokens' | 'devices' | 'roles' | 'members' | 'invitations' | 'accountData'
  >
  addTimers(timers: Timers): void
  /** Stores when tokens were last used, as far as that is news. */
  saveUses(): Promise<void>
  /** Removes what has ended or expired. To be called once a day. */
  forget(): Promise<void>
}

export interface AccountsDeps {
  readonly db: Postgres
  readonly sharedState: SharedState
  readonly data: DataDirectory
  readonly site: SiteOrigin
  readonly audit: AuditLog
  readonly founding: Founding
  readonly failedSignIns: FailedSignIns
  readonly countryOf: CountryOf
  readonly hasNetwork: (id: string) => boolean
  /** Tells other collectors that rights have changed. */
  readonly tellOthers: () => void
  readonly inBackground: (what: string, work: Promise<void>) => void
  readonly createId: () => string
  readonly now: () => number
  readonly log: Log
}

/** Wires who may do what: accounts, sign-ins, tokens, members, and the gate that asks them all. */
export async function wireAccounts(deps: AccountsDeps): Promise<Accounts> {
  const { db, sharedState, data, site, audit, founding, failedSignIns, countryOf, hasNetwork } = deps
  const { tellOthers, inBackground, createId, now, log } = deps
  const onRightsChanged = (): void => {
    inBackground('looking again at who may have what', gate.recheck())
    tellOthers()
  }
  const grantsOf = createGrants(db)
  const userStore = createUserStore(db)
  await lowerPoolPriority().catch((error: unknown) => {
    log.warn({ err: error }, 'hashing passwords could not be given a lower priority than ingest')
  })
  const passwords = createPasswords()
  const links = createOneTimeLinks({ db, now, siteUrl: site.url })
  const users = createUsers({
    db,
    store: userStore,
    passwords,
    links,
    audit,
    requireOtherOwners,
    createId,
    now,
    onRightsChanged,
  })
  const signInStore = createSignInStore(db)
  const signIns = createSignIns({
    db,
    store: signInStore,
    site,
    audit,
    grantsOf,
    createId,
    now,
    onRightsChanged,
  })
  const passwordSignIn = createPasswordSignIn({
    db,
    users: userStore,
    passwords,
    attempts: createSignInAttempts(sharedState),
    signIns,
    store: signInStore,
    audit,
    onUnknown: failedSignIns.note,
    log,
    now,
  })
  const setUp = createSetUp({
    db,
    users,
    store: userStore,
    links,
    passwords,
    signIns,
    adoptNetworks: founding.adoptNetworks,
    audit,
  })
  const changeNetwork = createChangeNetwork({ db, audit, onRightsChanged })
  const invitations = createInvitations({
    db,
    changeNetwork,
    users: userStore,
    createUser: users.createWithin,
    hashPassword: passwords.hash,
    startSignIn: (transaction, userId, browser, author) =>
      signIns.start(transaction, userId, describeClient(browser, { countryOf, cookieName: site.cookieName }), author),
    createId,
    createToken: () => randomBytes(LINK_BYTES).toString('base64url'),
    now,
  })
  const linkLimiter = sharedState.createLimiter('links', LINK_LIMITS)
  const tokenStore = createTokenStore(db, audit)
  const tokens = createTokens({
    store: tokenStore,
    grantsOf,
    createId,
    now,
    onRevoked() {
      inBackground('looking whether the token of this machine was revoked', operatorToken.check())
      onRightsChanged()
    },
  })
  const operatorToken = createOperatorToken({
    file: data,
    hostname: hostname(),
    dataDirectory: data.path,
    store: createOperatorTokenStore(db, audit),
    find: tokenStore.find,
    identify: tokens.identify,
    createId,
    now,
  })
  await operatorToken.settle()
  const devices = createDeviceSignIn({
    store: createDeviceRequestStore(db, audit),
    poll: createDevicePoll(db, audit),
    newCodes: sharedState.createLimiter('device-codes', DEVICE_RATES.newCodes),
    polls: sharedState.createLimiter('device-polls', DEVICE_RATES.polls),
    wrongCodes: sharedState.createLimiter('device-wrong-codes', DEVICE_RATES.wrongCodes),
    createId,
    now,
  })
  const gate = createGate({
    hasNetwork,
    async identify({ kind, sha256 }, isRequest): Promise<Identity | undefined> {
      return kind === 'session' ? signIns.identify(sha256, isRequest) : operatorToken.identify(sha256)
    },
    cookieName: site.cookieName,
    isOurOrigin: site.isOurs,
    limiter: sharedState.createLimiter('api', API_LIMITS),
    onFailedSignIn: failedSignIns.note,
  })
  const deletion = createAccountDeletion({ db, users: userStore, audit, now, onRightsChanged })

  return {
    gate,
    deletion,
    api: {
      signIn: { passwordSignIn, signIns, setUp, users, site, countryOf, linkLimiter },
      account: { users, store: userStore, signIns, passwordSignIn, countryOf, cookieName: site.cookieName },
      users: { users },
      tokens: { tokens },
      devices: { devices, countryOf, siteUrl: site.url },
      roles: { roles: createRoles({ db, changeNetwork, createId, now }) },
      members: { members: createMembers({ db, changeNetwork, users: userStore, now }) },
      invitations: { invitations, siteUrl: site.url, linkLimiter, now },
      accountData: {
        deletion,
        users: userStore,
        exportAccount: createExportAccount({ db, audit, now }),
        passwordSignIn,
        countryOf,
        cookieName: site.cookieName,
      },
    },
    addTimers(timers) {
      timers.every('save token uses', MINUTE_MS, tokens.saveUses)
      timers.every('check the token of this machine', MINUTE_MS, operatorToken.check)
      timers.every('forget programs', MINUTE_MS, devices.forget)
      timers.every('recheck', RECHECK_MS, gate.recheck)
    },
    saveUses: tokens.saveUses,
    async forget() {
      await signIns.forget()
      await tokens.forget()
      await invitations.forget()
    },
  }
}
