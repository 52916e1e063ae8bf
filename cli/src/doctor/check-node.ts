import { type Finding, fail, pass } from './finding.ts'

/** The first that runs TypeScript as it is without a flag. */
const NODE_MIN = [22, 18] as const

/** Whether this Node can run the collector. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])
  if (isEnough) return pass('node', `Node ${version} runs this command.`)
  return fail(
    'node',
    `Node ${version} runs this command, but ${NODE_MIN.join('.')} is needed.`,
    'Run it as "npx -y pnpm mctrack", which brings its own Node.',
  )
}
