import type { LiveCounts, NetworkSummary } from '../app/app-sources.ts'
import type { ChartData } from '../charts/chart-data.ts'
import type { BarRow } from '../components/bar-list.tsx'

/** One invented player who is online. */
export interface InventedPlayer {
  readonly id: string
  readonly name: string
  readonly gamemode: string
  readonly domain: string
  readonly client: string
  readonly country: string
  readonly onlineMs: number
  readonly isNew: boolean
}

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
const STEP_MS = 5 * MINUTE_MS
const NAMES = [
  'Siriuzz',
  'PixelOtter',
  'Kaiserschmarrn',
  'redstone_mia',
  '.BedrockBen',
  'xNovaQueen',
  'TurtleMaster42',
  'hyperion_',
  'LunaMoth',
  '<img src=x onerror=alert(1)>',
]
const GAMEMODES = ['Survival', 'BedWars', 'Creative', 'SkyBlock', 'Lobby', 'Prison']
const DOMAINS = ['play.axolotl.gg', 'axolotl.gg', 'youtube.axolotl.gg', 'tiktok.axolotl.gg']
const COUNTRIES = ['DE', 'AT', 'NL', 'PL', 'FR', 'CH', 'US']

export const NETWORKS: readonly NetworkSummary[] = [
  { id: 'axolotl', name: 'Axolotl Network', timeZone: 'Europe/Berlin', currency: 'EUR' },
  {
    id: 'demo',
    name: 'Demo network with a name that does not fit',
    timeZone: 'America/New_York',
    currency: 'USD',
    isDemo: true,
  },
]

export const COUNTS: LiveCounts = {
  total: 1_284,
  byServer: { 'proxy-1': 700, 'proxy-2': 584 },
  byGamemode: { Survival: 412, SkyBlock: 338, BedWars: 247, Lobby: 143, Creative: 96, Prison: 48 },
  byPlatform: { java: 912, bedrock: 372 },
  byDevice: {},
  byCountry: { DE: 534, PL: 188, AT: 141, NL: 120, FR: 97 },
  byDomain: { 'play.axolotl.gg': 702, 'axolotl.gg': 291, 'youtube.axolotl.gg': 164, 'tiktok.axolotl.gg': 79, '': 48 },
  byVersion: {},
  peak: 1_298,
  serversConnected: 6,
  atMs: 0,
}

export const GAMEMODE_ROWS: readonly BarRow[] = [
  { key: 'survival', label: 'Survival', value: 412, change: 0.06 },
  { key: 'skyblock', label: 'SkyBlock', value: 338, change: 0.21 },
  { key: 'bedwars', label: 'BedWars', value: 247, change: -0.04 },
  { key: 'lobby', label: 'Lobby', value: 143, change: 0.02 },
  { key: 'creative', label: 'Creative', value: 96, change: 0 },
  { key: 'prison', label: 'Prison', value: 48, change: -0.11 },
]

export const PLATFORM_ROWS: readonly BarRow[] = [
  { key: 'java', label: 'Java', value: 912 },
  { key: 'android', label: 'Bedrock · Android', value: 180 },
  { key: 'ios', label: 'Bedrock · iOS', value: 103 },
  { key: 'xbox', label: 'Bedrock · Xbox', value: 51 },
  { key: 'switch', label: 'Bedrock · Switch', value: 38 },
]

export function rowsOf(counts: Readonly<Record<string, number>>): readonly BarRow[] {
  return Object.entries(counts).map(([key, value]) => ({ key, label: key, value }))
}

export function inventPlayers(count: number): readonly InventedPlayer[] {
  const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? ''
  return Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index * 7_919).padStart(12, '0')}`,
    name: index < NAMES.length ? pick(NAMES, index) : `${pick(NAMES, index)}${index}`,
    gamemode: pick(GAMEMODES, index * 5),
    domain: pick(DOMAINS, index * 3),
    client: index % 5 === 4 ? 'Bedrock · Android' : 'Java 1.21.11',
    country: pick(COUNTRIES, index),
    onlineMs: Math.max(1, 134 - index * 2) * MINUTE_MS,
    isNew: index % 4 === 3,
  }))
}

/** A day of players online as it looks on a network of this size, with a gap and a bucket that is not over. */
export function inventDay(nowMs: number): ChartData {
  const endMs = Math.floor(nowMs / STEP_MS) * STEP_MS
  const timesMs = Array.from({ length: DAY_MS / STEP_MS }, (_, index) => endMs - DAY_MS + (index + 1) * STEP_MS)
  const wave = (index: number, scale: number): number =>
    Math.round(
      (700 - 560 * Math.cos(((index - 108) / 288) * 2 * Math.PI)) * scale +
        14 * Math.sin(index * 1.7) +
        9 * Math.sin(index * 0.61),
    )
  const today = timesMs.map((_, index) => (index >= 96 && index < 99 ? null : wave(index, 1)))
  return {
    timesMs,
    series: [
      { label: 'today', look: 'main', values: today },
      { label: 'last Saturday', look: 'comparison', values: timesMs.map((_, index) => wave(index, 0.88)) },
    ],
    gaps: [{ fromMs: timesMs[95] ?? 0, toMs: timesMs[99] ?? 0, reason: 'proxy-2 was away' }],
    incompleteFromMs: endMs - 6 * STEP_MS,
  }
}
