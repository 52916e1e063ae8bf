import type { Platform } from '@mctrack/sdk/protocol'

/**
 * Java Edition releases by the number of their protocol; of several with one number, the newest.
 *
 * Source: `protocolVersions.json` of https://github.com/PrismarineJS/minecraft-data (MIT), version 3.117.0.
 */
const RELEASES: Readonly<Record<number, string>> = {
  763: '1.20.1',
  764: '1.20.2',
  765: '1.20.4',
  766: '1.20.6',
  767: '1.21.1',
  768: '1.21.3',
  769: '1.21.4',
  770: '1.21.5',
  771: '1.21.6',
  772: '1.21.8',
  773: '1.21.10',
  774: '1.21.11',
  775: '26.1.2',
  776: '26.2',
  777: '26.3',
}

/** Snapshots and release candidates set this bit. */
const SNAPSHOT_BIT = 1 << 30

/**
 * The client's version as people say it: what the server said, else the release of the protocol's number, else the
 * number. Bedrock's numbers are another series, so without a name they stay unknown ('').
 */
export function clientVersionOf(platform: Platform, protocolVersion: number, given: string): string {
  if (given !== '' || protocolVersion === 0 || platform === 'bedrock') return given
  if (protocolVersion >= SNAPSHOT_BIT) return `snapshot ${protocolVersion - SNAPSHOT_BIT}`
  return RELEASES[protocolVersion] ?? `protocol ${protocolVersion}`
}
