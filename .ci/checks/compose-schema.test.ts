// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the variables of Compose files and texts of source code
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkComposeFile } from './compose-schema.ts'
import { createFixtureTree } from './fixture-tree.ts'

const OURS = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
const ENV = readFileSync(new URL('../../collector/src/config/env.ts', import.meta.url), 'utf8')

function check(text: string): readonly string[] {
  return checkComposeFile(createFixtureTree({ 'docker-compose.yml': text, 'collector/src/config/env.ts': ENV }))
}

it('takes ours', () => {
  expect(check(OURS)).toEqual([])
})

it.each([
  ['a misspelt key', '  init: true', '  innit: true', 'services.redis must not have "innit"'],
  ['a wrong type', '  init: true', '  init: [1]', 'init must be boolean,string'],
  ['a duration that is none', 'interval: 15s', 'interval: often', 'the service redis has a duration "often"'],
  ['a port that is none', ':-127.0.0.1:4000}:4000', ':-127.0.0.1:4000}:web', 'publishes "127.0.0.1:4000:web"'],
  ['a condition that is none', 'service_healthy', 'service_happy', 'condition must be equal to one of'],
  ['an image without a release', 'redis:8.2-bookworm', 'redis', 'the service redis has no image with a pinned release'],
  ['the latest image', 'redis:8.2-bookworm', 'redis:latest', 'the service redis has no image with a pinned release'],
  [
    'a database with a port',
    '    shm_size: 128m',
    '    ports: ["127.0.0.1:5432:5432"]',
    'the service postgres publishes a port',
  ],
  ['a collector that is open to all', ':-127.0.0.1:4000}', ':-4000}', 'publishes 4000:4000 beyond this machine'],
  ['a health check without patience', 'start_period: 30s', 'timeout: 5s', 'Map keys must be unique'],
  [
    'a missing start period',
    '      start_period: 30s\n',
    '',
    'the service redis has no health check with a start period',
  ],
  ['no restart', '  restart: unless-stopped\n', '', 'does not come back'],
  ['a log without an end', '      max-size: 10m\n', '', 'has a log that nothing keeps'],
  [
    'a secret without a sentence',
    '${REDIS_PASSWORD:?must be set in .env, for example to the output of "openssl rand -hex 24"}',
    '${REDIS_PASSWORD:?}',
    'REDIS_PASSWORD is required without a sentence',
  ],
  [
    'a setting that does not exist',
    'MCTRACK_METRICS_PORT:',
    'MCTRACK_METRIC_PORT:',
    'has no setting MCTRACK_METRIC_PORT',
  ],
  ['no YAML', 'services:', 'services: [', 'is no YAML'],
])('refuses %s', (_, found, replacement, reason) => {
  expect(OURS).toContain(found)
  expect(check(OURS.replaceAll(found, replacement)).join('\n')).toContain(reason)
})

it('says when there is no file', () => {
  expect(checkComposeFile(createFixtureTree({ 'README.md': '' }))).toEqual(['There is no docker-compose.yml.'])
})
