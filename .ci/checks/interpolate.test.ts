// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the variables of Compose files and texts of source code
import { expect, it } from 'vitest'
import { interpolate } from './interpolate.ts'

it('fills fallbacks, required variables and escaped dollars, wherever they stand', () => {
  const { value, problems } = interpolate({
    ports: ['${LISTEN:-127.0.0.1:4000}:4000'],
    environment: { URL: 'http://a:${PASSWORD:?must be set in .env}@b', SHELL: '$$HOME', EXTRA: '${DEBUG:+yes}' },
    replicas: 2,
  })

  expect(problems).toEqual([])
  expect(value).toEqual({
    ports: ['127.0.0.1:4000:4000'],
    environment: { URL: 'http://a:password-is-set@b', SHELL: '$HOME', EXTRA: '' },
    replicas: 2,
  })
})

it.each([
  ['${PASSWORD}', 'the variable PASSWORD has neither a fallback nor a sentence for when it is missing.'],
  ['$PASSWORD', 'the variable PASSWORD has neither a fallback nor a sentence for when it is missing.'],
  ['${PASSWORD:?}', 'the variable PASSWORD is required without a sentence that tells what to set.'],
])('refuses %s', (text, problem) => {
  expect(interpolate([text, text]).problems).toEqual([problem])
})
