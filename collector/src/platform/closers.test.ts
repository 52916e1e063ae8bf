import { expect, it } from 'vitest'
import { createClosers } from './closers.ts'
import { createLog } from './log.ts'

const log = createLog({ level: 'silent', format: 'json' })

it('closes everything, the newest first, and once', async () => {
  const closers = createClosers(log)
  const closed: string[] = []
  closers.add('first', () => void closed.push('first'))
  closers.add('second', async () => {
    await Promise.resolve()
    closed.push('second')
  })
  await Promise.all([closers.close(), closers.close()])
  await closers.close()
  expect(closed).toEqual(['second', 'first'])
})

it('goes on when one cannot be closed', async () => {
  const closers = createClosers(log)
  const closed: string[] = []
  closers.add('first', () => void closed.push('first'))
  closers.add('broken', () => Promise.reject(new Error('it is stuck')))
  await closers.close()
  expect(closed).toEqual(['first'])
})
