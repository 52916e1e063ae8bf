import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeDemoDirectory, removeStaleDemoDirectories } from './demo-directory.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
  vi.stubEnv('TMPDIR', root)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true, force: true })
})

/** The id of a process that has just ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid

function makeDirectory(name: string, files: Readonly<Record<string, number>>): string {
  const path = join(root, name)
  mkdirSync(join(path, 'clickhouse', 'store'), { recursive: true })
  for (const [file, pid] of Object.entries(files)) writeFileSync(join(path, file), JSON.stringify({ pid }))
  return path
}

it('removes what a killed demo left, once its collector is gone too', () => {
  const dead = deadPid()
  const stale = makeDirectory('mctrack-demo-aaaaaa', { 'demo-owner': dead, lock: dead })
  const stopping = makeDirectory('mctrack-demo-bbbbbb', { 'demo-owner': dead, lock: process.pid })
  expect(removeStaleDemoDirectories(Date.now())).toEqual([stale])
  expect(existsSync(stale)).toBe(false)
  expect(existsSync(stopping)).toBe(true)
})

it('leaves a demo that runs, and whatever is no demo of this user', () => {
  const running = makeDemoDirectory()
  const dead = deadPid()
  const other = makeDirectory('other', { 'demo-owner': dead })
  symlinkSync(other, join(root, 'mctrack-demo-cccccc'))
  writeFileSync(join(root, 'mctrack-demo-dddddd'), '')
  expect(removeStaleDemoDirectories(Date.now())).toEqual([])
  expect([running, other, join(root, 'mctrack-demo-dddddd')].every((path) => existsSync(path))).toBe(true)
})

it('removes one that names nobody only when it is old', () => {
  const nameless = makeDirectory('mctrack-demo-eeeeee', {})
  writeFileSync(join(nameless, 'demo-owner'), '{')
  expect(removeStaleDemoDirectories(Date.now())).toEqual([])
  utimesSync(nameless, new Date(Date.now() - 120_000), new Date(Date.now() - 120_000))
  expect(removeStaleDemoDirectories(Date.now())).toEqual([nameless])
})
