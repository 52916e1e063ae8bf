import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Answer, ask, createPerson, openBrowser, setUpCollector, type TestPerson } from './support/index.ts'

// The tests themselves are a proxy to be trusted: whoever they say they are, they are.
const test = setUpCollector({ MCTRACK_TRUSTED_PROXIES: '127.0.0.1' })
const untrusting = setUpCollector()

const LIMITED = { status: 429, body: { error: { code: 'RATE_LIMITED' } } }
const WRONG = { status: 401, body: { error: { code: 'SIGN_IN_FAILED' } } }
const RIGHT = { status: 200 }

function attempt(
  { email, password }: { readonly email: string; readonly password: string },
  from: string | undefined,
  collector = test.collector,
): Promise<Answer> {
  const headers = { 'x-forwarded-for': from }
  return openBrowser(collector).ask('POST', '/api/v1/sign-in', { body: { email, password }, headers })
}

const wrong = (person: Pick<TestPerson, 'email'>) => ({ email: person.email, password: 'wrong password' })
let addresses = 0
/** An address that no other test uses, in a network of its own. */
const newAddress = (): string => `100.${64 + (addresses >> 8)}.${addresses++ & 255}.7`
const nobody = () => ({ email: `nobody-${addresses++}@example.net` })

async function many(count: number, send: (i: number) => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await send(i)).status)
  return statuses
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

describe('the time of an answer', () => {
  it('is the same for a wrong password, for nobody, for who is disabled and for who has no password', async () => {
    const { collector } = test
    const known = await createPerson(collector)
    const disabled = await createPerson(collector)
    await ask(collector, 'PATCH', `/api/v1/users/${disabled.userId}`, { body: { disabled: true } })
    const email = 'without-password@example.net'
    await ask(collector, 'POST', '/api/v1/users', { body: { email, name: 'Without' } })
    const kinds = { known, unknown: nobody(), disabled, withoutPassword: { email } }
    const tookMs = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]))
    // In turns, so that whatever slows the machine slows all kinds alike.
    for (let round = 0; round < 42; round++) {
      for (const [kind, person] of Object.entries(kinds)) {
        const startedMs = performance.now()
        expect(await attempt(wrong(person), newAddress())).toMatchObject(WRONG)
        if (round >= 2) tookMs.get(kind)?.push(performance.now() - startedMs)
      }
    }
    const medians = Object.fromEntries(Array.from(tookMs, ([kind, values]) => [kind, median(values)]))
    // A hash takes ten times as long as all the rest: without one the ratio is near 0.1.
    for (const ms of Object.values(medians)) {
      expect(ms / (medians['known'] ?? 0), JSON.stringify(medians)).toBeGreaterThan(0.7)
      expect(ms / (medians['known'] ?? 0), JSON.stringify(medians)).toBeLessThan(1.4)
    }
  })
})

describe('guessing passwords', () => {
  it('for one account from one address ends after ten, for the right one too, and others are let in', async () => {
    const [victim, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const from = newAddress()
    expect(await many(10, () => attempt(wrong(victim), from))).toEqual(Array(10).fill(401))
    const refused = await attempt(victim, from)
    expect(refused).toMatchObject(LIMITED)
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(14 * 60)
    expect(seconds).toBeLessThanOrEqual(15 * 60)
    expect(await attempt(other, from)).toMatchObject(RIGHT)
    expect(await attempt(victim, newAddress())).toMatchObject(RIGHT)
  })

  it('is counted for accounts that do not exist as well', async () => {
    const [who, from] = [nobody(), newAddress()]
    expect(await many(11, () => attempt(wrong(who), from))).toEqual([...Array(10).fill(401), 429])
  })

  it('of many accounts from one address ends after twenty a minute', async () => {
    const from = newAddress()
    expect(await many(22, () => attempt(wrong(nobody()), from))).toEqual([...Array(20).fill(401), 429, 429])
    const refused = await attempt(wrong(nobody()), from)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  it('at once counts like one after the other', async () => {
    const [victim, from] = [await createPerson(test.collector), newAddress()]
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(wrong(victim), from)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
  })

  it('with other spellings of the address counts as one account', async () => {
    const [victim, from] = [await createPerson(test.collector), newAddress()]
    const spellings = [victim.email, victim.email.toUpperCase(), ` ${victim.email}`, `${victim.email}\t`]
    const statuses = await many(12, (i) => attempt({ ...wrong(victim), email: spellings[i % 4] ?? '' }, from))
    expect(statuses.slice(10)).toEqual([429, 429])
  })

  it('right ones count nothing', async () => {
    const [person, from] = [await createPerson(test.collector), newAddress()]
    expect(await many(25, () => attempt(person, from))).toEqual(Array(25).fill(200))
  })

  it('from everywhere ends after fifty, and does not lock out who is signed in from somewhere', async () => {
    const victim = await createPerson(test.collector)
    const home = '203.0.113.77'
    expect(await attempt(victim, home)).toMatchObject(RIGHT)
    expect(await many(50, () => attempt(wrong(victim), newAddress()))).toEqual(Array(50).fill(401))
    const elsewhere = await attempt(victim, newAddress())
    expect(elsewhere).toMatchObject(LIMITED)
    expect(Number(elsewhere.headers.get('retry-after'))).toBeGreaterThan(50 * 60)
    expect(await attempt(victim, home)).toMatchObject(RIGHT)
    expect(await attempt(victim, '203.0.113.78')).toMatchObject(RIGHT)
    expect(await attempt(victim, '203.0.114.77')).toMatchObject(LIMITED)
  })

  it('of the present password by who is signed in ends as well', async () => {
    const { browser } = await createPerson(test.collector)
    const headers = { 'x-forwarded-for': newAddress() }
    const body = { currentPassword: 'wrong password', password: 'another good password' }
    const statuses = await many(11, async () => {
      await sleep(110) // Ten requests a second are a limit of their own.
      return browser.ask('PUT', '/api/v1/account/password', { body, headers })
    })
    expect(statuses).toEqual([...Array(10).fill(403), 429])
  })

  it('of links ends after twenty from one address, whatever link it is', async () => {
    const headers = { 'x-forwarded-for': newAddress() }
    const routes: [string, object][] = [
      ['/password/look', {}],
      ['/password', { password: 'a good long password' }],
      ['/setup', { email: 'x@example.net', name: 'x', password: 'a good long password' }],
      ['/invitations/look', {}],
      ['/invitations/accept-new', { name: 'x', password: 'a good long password' }],
    ]
    const statuses = await many(25, (i) => {
      const [path, fields] = routes[i % routes.length] ?? ['', {}]
      const body = { token: `guess-${i}`, ...fields }
      return openBrowser(test.collector).ask('POST', `/api/v1${path}`, { body, headers })
    })
    expect(statuses).toEqual([...Array(20).fill(404), ...Array(5).fill(429)])
  })
})

describe('an address', () => {
  it('is not another one because a stranger says so', async () => {
    const victim = await createPerson(untrusting.collector)
    const statuses = await many(11, () => attempt(wrong(victim), newAddress(), untrusting.collector))
    expect(statuses).toEqual([...Array(10).fill(401), 429])
    const { body } = await victim.browser.ask('GET', '/api/v1/account/sign-ins', {
      headers: { 'x-forwarded-for': '203.0.113.7' },
    })
    expect(body[0].address).toBe('127.0.0.0/24')
  })

  it('is the last that a trusted proxy has seen, whatever the client put before it', async () => {
    const [victim, from] = [await createPerson(test.collector), newAddress()]
    const statuses = await many(11, (i) => attempt(wrong(victim), `198.51.100.${i}, ${from}`))
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  })

  it('of IPv6 counts by its /64: a whole network is one client', async () => {
    const victim = await createPerson(test.collector)
    const statuses = await many(11, (i) => attempt(wrong(victim), `2001:db8:77:1::${i + 1}`))
    expect(statuses).toEqual([...Array(10).fill(401), 429])
    expect(await attempt(victim, '2001:db8:77:2::1')).toMatchObject(RIGHT)
    expect(await attempt(wrong(victim), '2001:db8:77:1:ffff:ffff:ffff:ffff')).toMatchObject(LIMITED)
  })

  it('that is none counts as one', async () => {
    const victim = await createPerson(test.collector)
    const statuses = await many(11, (i) => attempt(wrong(victim), `${newAddress()}, nonsense-${i}`))
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('requests of one person', () => {
  it('are ten a second and a hundred a minute, by whatever credential, and Retry-After is true', async () => {
    const { browser } = await createPerson(test.collector)
    const { body } = await browser.ask('POST', '/api/v1/account/tokens', {
      body: { name: 'script', permissions: ['network.view'] },
    })
    await sleep(1_100)
    const byCookie = () => browser.ask('GET', '/api/v1/account')
    const byToken = () => ask({ ...test.collector, token: body.token }, 'GET', '/api/v1/account')
    const atOnce = await Promise.all(Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? byCookie() : byToken())))
    const letIn = atOnce.filter(({ status }) => status === 200)
    const refused = atOnce.filter(({ status }) => status === 429)
    expect(letIn.length + refused.length).toBe(24)
    expect(letIn.length).toBeLessThanOrEqual(20) // Ten, or twice that when a second began between.
    expect(refused.length).toBeGreaterThan(0)
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1')
    await sleep(1_100)
    expect((await byCookie()).status).toBe(200)

    let answers = letIn.length + 2
    let last = await byToken()
    while (last.status !== 429 || Number(last.headers.get('retry-after')) <= 1) {
      if (last.status === 200) answers += 1
      else await sleep(200)
      last = await byToken()
    }
    expect(answers).toBeLessThanOrEqual(101)
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  it('of the operator are not limited', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => ask(test.collector, 'GET', '/api/v1/account')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
