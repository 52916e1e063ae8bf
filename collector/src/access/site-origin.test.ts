import { expect, it } from 'vitest'
import { createSiteOrigin } from './site-origin.ts'

it('is this machine, by each of its names and at the port alone, where no address is set', () => {
  const site = createSiteOrigin(undefined, () => 4000)
  expect(site.url()).toBe('http://127.0.0.1:4000')
  for (const origin of ['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000']) {
    expect(site.isOurs(origin), origin).toBe(true)
  }
  for (const origin of ['', 'null', 'http://localhost:4001', 'https://localhost:4000', 'http://localhost', 'x:4000']) {
    expect(site.isOurs(origin), origin).toBe(false)
  }
  expect(site).toMatchObject({ isSecure: false, cookieName: 'mctrack_sign_in' })
  expect(createSiteOrigin(undefined, () => 80).isOurs('http://localhost')).toBe(true)
})

it('is the address that is set, whole, and nothing else', () => {
  const site = createSiteOrigin('https://mctrack.example.net', () => 4000)
  expect(site.url()).toBe('https://mctrack.example.net')
  expect(site.isOurs('https://mctrack.example.net')).toBe(true)
  for (const origin of ['http://mctrack.example.net', 'https://mctrack.example.net:4000', 'http://localhost:4000']) {
    expect(site.isOurs(origin), origin).toBe(false)
  }
  expect(site).toMatchObject({ isSecure: true, cookieName: '__Host-mctrack_sign_in' })
})
