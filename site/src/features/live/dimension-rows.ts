import type { LiveCounts } from '../../app/app-sources.ts'
import type { BarRow } from '../../components/bar-list.tsx'
import { deviceWords, liveMessages as m } from '../../messages/live-messages.ts'
import type { Dimension } from '../../url/filters.ts'

/** Values with their players, most first; what is chosen stays though nobody has it any more. */
export function toRows(
  counts: Readonly<Record<string, number>>,
  selected: readonly string[],
  label: (value: string) => string = (value) => value,
): readonly BarRow[] {
  const gone = selected.filter((value) => !(value in counts)).map((value) => [value, 0] as const)
  return [...Object.entries(counts), ...gone]
    .map(([key, value]) => ({ key, label: label(key), value }))
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))
}

/** A row of the list of platforms: Java, and each device of Bedrock. */
export interface PlatformKey {
  readonly dimension: Extract<Dimension, 'platform' | 'device'>
  readonly value: string
}

/** Platforms and devices as one list: devices are Bedrock's, and Bedrock without a known device is a row of its own. */
export function toPlatformRows(
  counts: Pick<LiveCounts, 'byPlatform' | 'byDevice'>,
  selected: { readonly platform: readonly string[]; readonly device: readonly string[] },
): readonly BarRow[] {
  const devices = Object.entries(counts.byDevice).filter(([device]) => device !== '')
  const known = devices.reduce((sum, [, players]) => sum + players, 0)
  const bedrock = Math.max(0, (counts.byPlatform['bedrock'] ?? 0) - known)
  const rows = toRows(
    {
      ...(counts.byPlatform['java'] !== undefined && { 'platform:java': counts.byPlatform['java'] }),
      ...(bedrock > 0 && { 'platform:bedrock': bedrock }),
      ...Object.fromEntries(devices.map(([device, players]) => [`device:${device}`, players])),
    },
    [...selected.platform.map((value) => `platform:${value}`), ...selected.device.map((value) => `device:${value}`)],
    labelPlatform,
  )
  return rows
}

/** What a row of {@link toPlatformRows} filters by. */
export function readPlatformKey(key: string): PlatformKey {
  const at = key.indexOf(':')
  return { dimension: key.startsWith('device:') ? 'device' : 'platform', value: key.slice(at + 1) }
}

function labelPlatform(key: string): string {
  const { dimension, value } = readPlatformKey(key)
  if (dimension === 'device') return m.bedrockOn(deviceWords(value))
  return value === 'java' ? m.java : m.bedrock
}
