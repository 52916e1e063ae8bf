import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'
import type { Check } from './check.ts'
import { readText } from './files.ts'
import { interpolate } from './interpolate.ts'

const FILE = 'docker-compose.yml'
/** Services that only the collector speaks to. */
const DATABASES = ['clickhouse', 'postgres', 'redis'] as const
const DURATION = /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/
const PORT =
  /^(?:(?:\[[0-9a-fA-F:]+\]|\d{1,3}(?:\.\d{1,3}){3}):)?(?:(?:\d{1,5}(?:-\d{1,5})?)?:)?\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp))?$/
/** A tag that names a release, or a digest; nothing that means another image tomorrow. */
const PINNED = /:(?!latest$)[\w.-]*\d[\w.-]*(?:@sha256:[0-9a-f]{64})?$/

type Plain = Readonly<Record<string, unknown>>

/** Holds docker-compose.yml against the schema of the Compose specification, and against what we promise about it. */
export const checkComposeFile: Check = (root) => {
  const text = readText(root, FILE)
  if (text === undefined) return [`There is no ${FILE}.`]
  const document = parseDocument(text, { merge: true, uniqueKeys: true })
  if (document.errors.length > 0) return document.errors.map(({ message }) => `${FILE} is no YAML: ${message}`)
  const { value, problems } = interpolate(document.toJS())
  const file = asPlain(value)
  return [
    ...problems.map((problem) => `${FILE}: ${problem}`),
    ...findSchemaErrors(file),
    ...Object.entries(asPlain(file['services'])).flatMap(([name, service]) =>
      findServiceProblems(name, asPlain(service)),
    ),
    ...findUnknownSettings(root, asPlain(asPlain(asPlain(file['services'])['collector'])['environment'])),
  ]
}

function findSchemaErrors(file: Plain): readonly string[] {
  const schema = JSON.parse(readFileSync(new URL('./compose-spec.json', import.meta.url), 'utf8'))
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  const validate = ajv.compile(schema)
  if (validate(file)) return []
  return [...new Set((validate.errors ?? []).filter(isCause).map(toSentence))]
}

/** "No branch matched" repeats what the branches have said. */
function isCause({ keyword }: ErrorObject): boolean {
  return keyword !== 'oneOf' && keyword !== 'anyOf' && keyword !== 'if'
}

function toSentence({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.') || 'the file'
  const unknown: unknown = params['additionalProperty'] ?? params['unevaluatedProperty']
  const reason = unknown === undefined ? (message ?? 'is not as specified') : `must not have "${String(unknown)}"`
  return `${FILE}: ${place} ${reason}.`
}

function findServiceProblems(name: string, service: Plain): readonly string[] {
  const problems: string[] = []
  const image = service['image']
  if (typeof image !== 'string' || !PINNED.test(image)) problems.push('has no image with a pinned release')
  if (asPlain(service['healthcheck'])['start_period'] === undefined) {
    problems.push('has no health check with a start period')
  }
  if (service['restart'] !== 'unless-stopped') problems.push('does not come back after a restart of the machine')
  if (asPlain(asPlain(service['logging'])['options'])['max-size'] === undefined) {
    problems.push('has a log that nothing keeps from filling the disk')
  }
  return [...problems, ...findBadDurations(service), ...findBadPorts(name, service)].map(
    (problem) => `${FILE}: the service ${name} ${problem}.`,
  )
}

/** The schema takes any text for a duration. */
function findBadDurations(service: Plain): readonly string[] {
  const { interval, timeout, start_period, start_interval } = asPlain(service['healthcheck'])
  return [interval, timeout, start_period, start_interval, service['stop_grace_period']]
    .filter((duration) => duration !== undefined && !DURATION.test(String(duration)))
    .map((duration) => `has a duration "${duration}", which is none such as 1m30s`)
}

/** The schema takes any text for a port. */
function findBadPorts(name: string, service: Plain): readonly string[] {
  const ports = Array.isArray(service['ports']) ? service['ports'].map(String) : []
  const problems = ports
    .filter((port) => !PORT.test(port))
    .map((port) => `publishes "${port}", which is no port such as 127.0.0.1:4000:4000`)
  if (ports.length > 0 && DATABASES.some((database) => database === name)) {
    problems.push('publishes a port: databases are reached by the collector alone')
  }
  for (const port of ports.filter((candidate) => !candidate.startsWith('127.0.0.1:'))) {
    problems.push(`publishes ${port} beyond this machine unless told otherwise`)
  }
  return problems
}

/** A setting that the collector does not know has no effect, and nobody would notice. */
function findUnknownSettings(root: string, environment: Plain): readonly string[] {
  const source = readText(root, 'collector/src/config/env.ts') ?? ''
  return Object.keys(environment)
    .filter((name) => name.startsWith('MCTRACK_') && !source.includes(`  ${name}: {`))
    .map((name) => `${FILE}: the collector has no setting ${name}.`)
}

function asPlain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {}
}
