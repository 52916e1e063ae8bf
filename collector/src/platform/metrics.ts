import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What this process tells Prometheus. Labels come from closed lists only: never a network, a player or a server. */
export interface Metrics {
  readonly registry: Registry
  /** Events and refusals: `accepted`, `duplicate`, `unknown_type`, `opted_out` or an error code. */
  readonly ingestEvents: Counter<'outcome'>
  readonly connections: Gauge
  readonly playersOnline: Gauge
  readonly insertSeconds: Histogram<'table'>
  readonly insertRows: Counter<'table'>
  readonly insertFailures: Counter<'table'>
  /** Rows of the collector's own that were given up: `buffer_full` is the only reason. */
  readonly lostRows: Counter<'table' | 'reason'>
  readonly bufferBytes: Gauge<'table'>
  readonly bufferRows: Gauge<'table'>
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  readonly engineRestarts: Gauge<'engine'>
  readonly deadLetters: Counter<'code'>
}

const PREFIX = 'mctrack_'
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers })
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: PREFIX + name, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: PREFIX + name, help, labelNames, registers, buckets: SECONDS })
  return {
    registry,
    ingestEvents: counter('ingest_events_total', 'Events by what became of them.', ['outcome']),
    connections: gauge('connections', 'Open connections of servers.'),
    playersOnline: gauge('players_online', 'Players online on all networks.'),
    insertSeconds: histogram('insert_seconds', 'Time that an insert into ClickHouse took.', ['table']),
    insertRows: counter('insert_rows_total', 'Rows stored in ClickHouse.', ['table']),
    insertFailures: counter('insert_failures_total', 'Inserts that failed and were tried again.', ['table']),
    lostRows: counter('lost_rows_total', 'Rows that were lost, by table and reason.', ['table', 'reason']),
    bufferBytes: gauge('buffer_bytes', 'Bytes that wait to be stored.', ['table']),
    bufferRows: gauge('buffer_rows', 'Rows that wait to be stored.', ['table']),
    httpSeconds: histogram('http_seconds', 'Time that an HTTP request took.', ['method', 'route', 'status']),
    engineRestarts: gauge('engine_restarts', 'How often an embedded engine had to be started again.', ['engine']),
    deadLetters: counter('dead_letters_total', 'Refusals that were kept as dead letters.', ['code']),
  }
}

export interface MetricsServer {
  readonly port: number
  close(): Promise<void>
}

/** Serves the metrics on their own port, away from the API. */
export function serveMetrics(
  metrics: Metrics,
  options: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
