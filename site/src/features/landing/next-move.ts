const TIMEOUT_MS = 8_000

/** Asks whether this installation waits for its first owner, and leaves only what to do then. */
export async function showNextMove(root: Document): Promise<void> {
  const isNeeded = await fetchIsSetUpNeeded()
  if (isNeeded === undefined) return
  for (const element of root.querySelectorAll<HTMLElement>('[data-move]')) {
    element.dataset['move'] = isNeeded ? 'set-up' : 'sign-in'
  }
}

/** @returns undefined when nobody can say, as on a server of files alone */
async function fetchIsSetUpNeeded(): Promise<boolean | undefined> {
  try {
    const response = await fetch('/api/v1/setup', { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' })
    return response.ok ? parseIsNeeded(await response.json()) : undefined
  } catch {
    // No answer, too slow, or no JSON: the page stays as it was built, which is right for everybody.
    return undefined
  }
}

/** What `GET /api/v1/setup` says; undefined for anything else. */
export function parseIsNeeded(answer: unknown): boolean | undefined {
  if (typeof answer !== 'object' || answer === null || !('isNeeded' in answer)) return undefined
  return typeof answer.isNeeded === 'boolean' ? answer.isNeeded : undefined
}
