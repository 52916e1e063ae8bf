import { readAnnouncement } from '../api/data-directory.ts'
import { askReadiness, type ReadinessAnswer } from '../api/readiness.ts'
import type { Network } from '../api/types.ts'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { CLI_VERSION } from '../version.ts'
import { checkClock, checkReadiness, checkTransport, checkVersions } from './check-collector.ts'
import { checkDataDirectory } from './check-data-directory.ts'
import { checkMetrics } from './check-metrics.ts'
import { checkNetwork, type NetworkFacts } from './check-network.ts'
import { checkNode } from './check-node.ts'
import { checkPorts, portsOf } from './check-ports.ts'
import { type Finding, fail, pass, warn } from './finding.ts'

/** Looks at everything that commonly goes wrong, from this machine to the last refusal, and goes on as far as it can. */
export async function* examine(cli: Cli, session: Session): AsyncGenerator<Finding> {
  const { place, dataDirectory } = session
  yield checkNode(process.versions.node)
  const announced = place.isLocal ? readAnnouncement(dataDirectory) : undefined
  if (place.isLocal) yield* checkDataDirectory(dataDirectory, announced)
  let answer: ReadinessAnswer
  try {
    answer = await askReadiness(place, cli.system.now)
  } catch (error) {
    yield unreachable(error)
    if (place.isLocal) yield* await checkPorts(portsOf(cli.system.env))
    return
  }
  yield pass('collector', `A collector answers at ${place.url} (${place.foundBy}).`)
  yield* checkTransport(place.url, place.isLocal)
  yield* checkReadiness(answer)
  yield* checkClock(answer)
  if (announced?.url === place.url) yield await checkMetrics(announced.metricsUrl)
  yield* examineApi(cli, session)
}

function unreachable(error: unknown): Finding {
  if (!(error instanceof CliError)) throw error
  return fail('collector', error.message, 'Once it answers, run this again: the rest could not be looked at.')
}

async function* examineApi(cli: Cli, session: Session): AsyncGenerator<Finding> {
  const { api, read, place } = session
  try {
    const { version } = await read(api.about.$get())
    yield pass('token', `The token ${place.tokenFoundBy} is valid.`)
    yield checkVersions(CLI_VERSION, version)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    yield fail('token', error.message, 'Once it is right, run this again: the rest could not be looked at.')
    return
  }
  try {
    yield* checkNetwork(await loadFacts(session, await session.network()), cli.system.now())
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    yield warn(
      'network',
      error.message,
      'Once it is clear which network is meant, its keys and servers are looked at too.',
    )
  }
}

async function loadFacts({ api, read }: Session, network: Network): Promise<NetworkFacts> {
  const routes = api.networks[':networkId']
  const param = { networkId: network.id }
  const [keys, servers, ingest, deadLetters] = await Promise.all([
    read(routes.keys.$get({ param })),
    read(routes.servers.$get({ param })),
    read(routes.ingest.$get({ param })),
    read(routes['dead-letters'].$get({ param, query: { limit: '1' } })).catch((error: unknown) => {
      if (error instanceof CliError) return undefined
      throw error
    }),
  ])
  return { network, keys, servers, ingest, deadLetters }
}
