import { expect, it } from 'vitest'
import { MctrackError } from './error.ts'
import { toMctrackError } from './to-mctrack-error.ts'

function named(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name })
}

it.each([
  ['a connection that is refused', Object.assign(new Error(''), { code: 'ECONNREFUSED' })],
  ['a PostgreSQL that shuts down', Object.assign(new Error(''), { code: '57P01' })],
  ['a command of Redis that was not answered', new Error('Command timed out')],
  ['a command of Redis that found no connection', named('MaxRetriesPerRequestError')],
  ['a connection to Redis that was closed', new Error('Connection is closed.')],
  ['a Redis that still loads', named('ReplyError', 'LOADING Redis is loading the dataset in memory')],
  ['a Redis that is full', named('ReplyError', "OOM command not allowed when used memory > 'maxmemory'.")],
])('calls %s unavailable storage, which may be tried again', (_what, error) => {
  expect(toMctrackError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', status: 503, cause: error })
})

it('calls what it does not know our own fault', () => {
  expect(toMctrackError(new TypeError('x is not a function')).code).toBe('INTERNAL')
  expect(toMctrackError(named('ReplyError', 'ERR unknown command')).code).toBe('INTERNAL')
  expect(toMctrackError('text').code).toBe('INTERNAL')
})

it('leaves what has its place already', () => {
  const error = new MctrackError('KEY_NOT_FOUND')
  expect(toMctrackError(error)).toBe(error)
})
