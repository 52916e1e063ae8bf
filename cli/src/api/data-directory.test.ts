import { expect, it } from 'vitest'
import { dataDirectoryOf, reachableUrl } from './data-directory.ts'

it('is the flag, else the environment, else the data of the workspace', () => {
  expect(dataDirectoryOf('/a', { MCTRACK_DATA_DIR: '/b' })).toBe('/a')
  expect(dataDirectoryOf(undefined, { MCTRACK_DATA_DIR: '/b/../c' })).toBe('/c')
  expect(dataDirectoryOf(undefined, { MCTRACK_DATA_DIR: '' })).toMatch(/\/data$/)
})

it.each([
  ['http://0.0.0.0:4000', 'http://127.0.0.1:4000'],
  ['http://:::4000', 'http://[::1]:4000'],
  ['http://[::]:4000/metrics', 'http://[::1]:4000/metrics'],
  ['http://::1:4000', 'http://[::1]:4000'],
  ['http://fe80::1:4000', 'http://[fe80::1]:4000'],
  ['http://10.0.0.1:4000', 'http://10.0.0.1:4000'],
  ['nonsense', 'nonsense'],
])('reaches a collector at %s through %s', (url, reachable) => {
  expect(reachableUrl(url)).toBe(reachable)
})
