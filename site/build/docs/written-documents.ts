import type { Document } from './document.ts'

/** A document that somebody wrote, with its place in the repository. */
export interface WrittenDocument extends Omit<Document, 'markdown' | 'source'> {
  readonly source: string
  /** May be missing in a checkout. */
  readonly isOptional?: boolean
}

/** What is rendered as it stands in the repository, in the order of the navigation. */
export const WRITTEN_DOCUMENTS: readonly WrittenDocument[] = [
  {
    slug: '',
    group: 'Start',
    title: 'What MCTrack is',
    description: 'Analytics for Minecraft networks: what it answers, how it works, what it promises.',
    source: 'site/src/docs/what-it-is.md',
  },
  {
    slug: 'install',
    group: 'Start',
    title: 'Install',
    description: 'From nothing to a running collector with its dashboard, in one command.',
    source: 'site/src/docs/install.md',
  },
  {
    slug: 'connect',
    group: 'Start',
    title: 'Connect a server',
    description: 'Report to MCTrack with a dozen lines of the SDK, or over plain HTTP.',
    source: 'site/src/docs/connect.md',
  },
  {
    slug: 'numbers',
    group: 'Start',
    title: 'What the numbers mean',
    description: 'Each number with its exact definition: players online, peaks, sessions, days and gaps.',
    source: 'site/src/docs/numbers.md',
  },
  {
    slug: 'sdk',
    group: 'Report to it',
    title: 'The SDK',
    description: 'Report a Minecraft server, or any Node program around one, with @mctrack/sdk.',
    source: 'sdk/README.md',
  },
  {
    slug: 'protocol',
    group: 'Report to it',
    title: 'The protocol, version 1',
    shortTitle: 'Protocol',
    description: 'Everything that a client in any language needs: frames, events, limits, and ingest over HTTP.',
    source: 'sdk/PROTOCOL.md',
  },
  {
    slug: 'cli',
    group: 'Use it',
    title: 'The command line',
    description: 'The command mctrack: what it does, which collector and network it means, its exit codes.',
    source: 'cli/README.md',
  },
  {
    slug: 'operations',
    group: 'Run it',
    title: 'Self-hosting',
    description:
      'Settings, ports, backups, health, metrics, databases of your own, several collectors, troubleshooting.',
    source: 'docs/operations.md',
  },
  {
    slug: 'containers',
    group: 'Run it',
    title: 'Containers',
    description: 'Run the collector with its databases by Docker Compose.',
    source: 'deploy/README.md',
  },
  {
    slug: 'security',
    group: 'Run it',
    title: 'Security',
    description: 'What is protected, how, and against whom.',
    source: 'docs/security.md',
    isOptional: true,
  },
  {
    slug: 'reporting-holes',
    group: 'Run it',
    title: 'Report a hole',
    description: 'What to do when you find that something is not as safe as it should be.',
    source: 'SECURITY.md',
    isOptional: true,
  },
  {
    slug: 'invariants',
    group: 'Look it up',
    title: 'Invariants',
    description: 'What always holds of the data, and the tests that show it.',
    source: 'docs/invariants.md',
  },
  {
    slug: 'words',
    group: 'Look it up',
    title: 'Words',
    description: 'The same words on the wire, in tables, in the API and on screens.',
    source: 'docs/glossary.md',
  },
  {
    slug: 'changelog',
    group: 'Look it up',
    title: 'Changelog',
    description: 'What users of MCTrack notice, version by version.',
    source: 'CHANGELOG.md',
  },
]
