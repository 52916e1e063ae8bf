import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process id alone may belong to another process by now; together with its start it does not. */
interface ProcessIdentity {
  readonly pid: number
  readonly startedAt: string
}

/** Notes a running process in a file, so that a later run can find it again. */
export function writeProcessFile(path: string, pid: number, flag: 'w' | 'wx' = 'w'): void {
  const identity: ProcessIdentity = { pid, startedAt: processStart(pid) ?? '' }
  writeFileSync(path, `${JSON.stringify(identity)}\n`, { mode: 0o600, flag })
}

/** @returns the id of the process noted in the file if that very process still runs */
export function findProcess(path: string): number | undefined {
  const identity = readIdentity(path)
  if (identity === undefined) return undefined
  return processStart(identity.pid) === identity.startedAt ? identity.pid : undefined
}

/** Ends the process that an earlier run left behind: first with `signal`, then, when it does not listen, with SIGKILL. */
export async function endLeftover(
  path: string,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<number | undefined> {
  const pid = findProcess(path)
  if (pid !== undefined) {
    process.kill(pid, signal)
    const deadline = Date.now() + timeoutMs
    while (findProcess(path) !== undefined) {
      if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
      await sleep(20)
    }
  }
  rmSync(path, { force: true })
  return pid
}

function readIdentity(path: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessIdentity>
    return typeof pid === 'number' && pid > 0 && typeof startedAt === 'string' ? { pid, startedAt } : undefined
  } catch {
    return undefined // No file, or one that a crash cut short: nobody is noted.
  }
}

/** When a process started, in the system's own words; undefined when it does not run or is a zombie. */
function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // Fields after the command's closing parenthesis; state is the first, starttime the twentieth (proc(5)).
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
