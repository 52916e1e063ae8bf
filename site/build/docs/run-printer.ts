import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Far more than it takes; one that takes this long hangs. */
const TIMEOUT_MS = 60_000
const OUTPUT_BYTES_MAX = 32 * 1024 * 1024

/**
 * What a program prints as JSON. A process of its own, so that the site's build imports nothing of the collector and the
 * command line, and Node loads them as it always does.
 */
export function runPrinter<Value>(script: URL, ...args: readonly string[]): Promise<Value> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', fileURLToPath(script), ...args],
      { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX },
      (error, stdout, stderr) => {
        if (error === null) resolve(JSON.parse(stdout) as Value)
        else reject(new Error(`${script.pathname} printed nothing: ${stderr || error.message}`, { cause: error }))
      },
    )
  })
}
