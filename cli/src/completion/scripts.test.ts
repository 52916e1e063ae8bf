import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { COMPLETE_WORD, completionScript, SHELLS } from './scripts.ts'

describe('the script for bash', () => {
  /** What bash would offer for a line whose words are these; a stand-in for the command answers. */
  function offered(words: readonly string[], answer: string): { readonly asked: string; readonly offered: string } {
    const script = `${completionScript('bash')}
      mctrack() { printf '<%s>' "$@" >&3; printf '%b' "$ANSWER"; }
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mctrack
      printf '%s|' "\${COMPREPLY[@]}"`
    const { output, status } = spawnSync('bash', ['-c', script, 'bash', 'mctrack', ...words], {
      encoding: 'utf8',
      env: { ...process.env, ANSWER: answer },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    expect(status).toBe(0)
    return { asked: output[3] ?? '', offered: output[1] ?? '' }
  }

  it('asks the command with the words up to the cursor, and offers what it answers', () => {
    expect(offered(['networks', 'sh'], 'show\\tShow one network\\n')).toEqual({
      asked: `<${COMPLETE_WORD}><networks><sh>`,
      offered: 'show|',
    })
  })
  it('quotes what needs it, unless the person did', () => {
    expect(offered(['networks', 'show', ''], 'My $(net)\\t\\n').offered).toBe('My\\ \\$\\(net\\)|')
    expect(offered(['networks', 'show', '"My'], 'My net\\t\\n').offered).toBe('My net|')
  })
  it('asks without quotes and backslashes', () => {
    expect(offered(['--network', '"My net"', 'keys', 'My\\ n'], '').asked).toBe(
      `<${COMPLETE_WORD}><--network><My net><keys><My n>`,
    )
  })
})

it.each(SHELLS)('for %s asks the command itself', (shell) => {
  expect(completionScript(shell)).toContain(COMPLETE_WORD)
  expect(completionScript(shell)).not.toContain('undefined')
})
