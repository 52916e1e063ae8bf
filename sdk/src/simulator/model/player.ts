import type { Campaign } from './campaigns.ts'
import type { Country } from './countries.ts'
import { nameOf } from './names.ts'
import { createRandom, mix, type Random } from './random.ts'

/** Somebody who plays on the network, as a server knows them, with habits. The same seed gives the same person. */
export interface Player {
  readonly uuid: string
  readonly name: string
  readonly country: Country
  readonly address: string
  /** The host name that brought them, and the one they type later. */
  readonly firstDomain: string
  readonly domain: string
  readonly platform: 'java' | 'bedrock'
  /** '' on Java. */
  readonly device: string
  readonly protocolVersion: number
  /** '' on Java, where it follows from the protocol's number. */
  readonly clientVersion: string
  /** Decides what they like to play. */
  readonly taste: number
  /** Whether they ever pay. */
  readonly isPayer: boolean
}

const BEDROCK_SHARE = 0.26
const PAYER_SHARE = 0.04

/** By the protocol's number. */
const JAVA_VERSIONS = [
  { protocolVersion: 774, weight: 34 },
  { protocolVersion: 773, weight: 20 },
  { protocolVersion: 772, weight: 15 },
  { protocolVersion: 769, weight: 9 },
  { protocolVersion: 767, weight: 7 },
  { protocolVersion: 771, weight: 6 },
  { protocolVersion: 770, weight: 4 },
  { protocolVersion: 765, weight: 3 },
  { protocolVersion: 763, weight: 2 },
] as const
const BEDROCK_VERSIONS = [
  { protocolVersion: 859, clientVersion: '1.21.120', weight: 70 },
  { protocolVersion: 844, clientVersion: '1.21.111', weight: 22 },
  { protocolVersion: 827, clientVersion: '1.21.100', weight: 8 },
] as const
const DEVICES = [
  { device: 'android', weight: 38 },
  { device: 'ios', weight: 22 },
  { device: 'windows', weight: 15 },
  { device: 'xbox', weight: 10 },
  { device: 'playstation', weight: 8 },
  { device: 'switch', weight: 7 },
] as const
const JAVA_LABELS = [
  { label: 'play', weight: 64 },
  { label: 'mc', weight: 16 },
  { label: '', weight: 20 },
] as const
const BEDROCK_LABELS = [
  { label: 'bedrock', weight: 72 },
  { label: 'play', weight: 28 },
] as const

/** @param options.seed of the person, `domain` of the network, `campaign` that ran when they first heard of it */
export function buildPlayer(options: {
  readonly seed: number
  readonly country: Country
  readonly networkDomain: string
  readonly campaign: Campaign | undefined
}): Player {
  const { seed, country, networkDomain, campaign } = options
  const random = createRandom(mix(seed, 0x90))
  const isBedrock = random.isLucky(BEDROCK_SHARE)
  const name = nameOf(random)
  const { label } = isBedrock ? random.weighted(BEDROCK_LABELS) : random.weighted(JAVA_LABELS)
  const domain = domainOf(label, networkDomain)
  const isBrought = campaign !== undefined && random.isLucky(campaign.boost / (1 + campaign.boost))
  const firstDomain = isBrought ? domainOf(campaign.label, networkDomain) : domain
  return {
    uuid: isBedrock ? bedrockUuid(seed) : javaUuid(seed),
    // Floodgate marks players of Bedrock with a dot.
    name: isBedrock ? `.${name.slice(0, 15)}` : name,
    country,
    address: addressIn(country, random),
    firstDomain,
    domain: isBrought && random.isLucky(0.4) ? firstDomain : domain,
    ...(isBedrock
      ? {
          platform: 'bedrock',
          device: random.weighted(DEVICES).device,
          ...versionOf(random.weighted(BEDROCK_VERSIONS)),
        }
      : { platform: 'java', device: '', ...versionOf({ clientVersion: '', ...random.weighted(JAVA_VERSIONS) }) }),
    taste: random.next(),
    isPayer: random.isLucky(PAYER_SHARE),
  }
}

function versionOf({
  protocolVersion,
  clientVersion,
}: Pick<Player, 'protocolVersion' | 'clientVersion'>): Pick<Player, 'protocolVersion' | 'clientVersion'> {
  return { protocolVersion, clientVersion }
}

function domainOf(label: string, networkDomain: string): string {
  return label === '' ? networkDomain : `${label}.${networkDomain}`
}

function addressIn({ ranges }: Country, random: Random): string {
  return `${random.pick(ranges)}.${random.index(256)}.${1 + random.index(254)}`
}

function hex(seed: number, place: number): string {
  return mix(seed, place).toString(16).padStart(8, '0')
}

/** Version 4, as Mojang gives them. */
function javaUuid(seed: number): string {
  const [a, b, c, d] = [hex(seed, 1), hex(seed, 2), hex(seed, 3), hex(seed, 4)]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}

/** As Floodgate gives them: the Xbox user id, which begins with 0009, at the end of zeros. */
function bedrockUuid(seed: number): string {
  const [a, b] = [hex(seed, 1), hex(seed, 2)]
  return `00000000-0000-0000-0009-${b.slice(0, 4)}${a}`
}
