import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../src/version.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const SHARED_DIRECTORIES = ['pc/common', 'pc/latest', 'bedrock/common']

/** Runs after every install: nothing happens when there is nothing left to do. */
function prepare(): void {
  installWorkspace()
  trimMinecraftData()
}

/** The SDK is linked from this repository and finds its own two packages there, as the collector of the test does. */
function installWorkspace(): void {
  if (existsSync(join(ROOT, 'sdk/node_modules/ws'))) return
  console.log('installing the workspace that the SDK is part of')
  execFileSync('pnpm', ['install', '--frozen-lockfile'], { cwd: ROOT, stdio: 'inherit' })
}

/** `minecraft-data` brings every version of both editions, 390 MB; one version needs 20. The rest is deleted. */
function trimMinecraftData(): void {
  const data = join(dirname(createRequire(import.meta.url).resolve('minecraft-data')), 'minecraft-data/data')
  const paths = JSON.parse(readFileSync(join(data, 'dataPaths.json'), 'utf8')) as DataPaths
  const needed = new Set([...SHARED_DIRECTORIES, ...Object.values(paths.pc[VERSION] ?? {})])
  if (needed.size === SHARED_DIRECTORIES.length) throw new Error(`minecraft-data does not know ${VERSION}`)
  const unneeded = ['pc', 'bedrock']
    .flatMap((edition) => readdirSync(join(data, edition)).map((directory) => `${edition}/${directory}`))
    .filter((directory) => !needed.has(directory))
  for (const directory of unneeded) rmSync(join(data, directory), { recursive: true })
  if (unneeded.length > 0) console.log(`deleted ${unneeded.length} Minecraft versions that are not ${VERSION}`)
}

interface DataPaths {
  /** By version: the directory that holds each kind of data. */
  readonly pc: Readonly<Record<string, Readonly<Record<string, string>>>>
}

prepare()
