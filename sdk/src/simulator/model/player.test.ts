import { expect, it } from 'vitest'
import { COUNTRIES } from './countries.ts'
import { buildPlayer } from './player.ts'
import { mix } from './random.ts'

const players = Array.from({ length: 2_000 }, (_, number) =>
  buildPlayer({
    seed: mix(7, number),
    country: COUNTRIES[number % COUNTRIES.length] ?? COUNTRIES[0],
    networkDomain: 'craftland.example',
    campaign: undefined,
  }),
)

it('gives everybody a UUID of their own, as Mojang or Floodgate would', () => {
  for (const { uuid, platform } of players) {
    expect(uuid).toMatch(
      platform === 'java'
        ? /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/
        : /^00000000-0000-0000-0009-[0-9a-f]{12}$/,
    )
  }
  expect(new Set(players.map(({ uuid }) => uuid)).size).toBe(players.length)
})

it('gives names that the game takes, with a dot before those of Bedrock', () => {
  for (const { name, platform } of players) {
    expect(name).toMatch(platform === 'java' ? /^\w{3,16}$/ : /^\.\w{3,15}$/)
  }
})

it('gives an address within the country, and a device to players of Bedrock alone', () => {
  for (const { address, country, platform, device } of players) {
    expect(country.ranges.some((range) => address.startsWith(`${range}.`))).toBe(true)
    expect(device === '').toBe(platform === 'java')
  }
})

it('gives the same person for the same seed', () => {
  const options = { seed: 5, country: COUNTRIES[0], networkDomain: 'a.example', campaign: undefined }
  expect(buildPlayer(options)).toEqual(buildPlayer(options))
})
