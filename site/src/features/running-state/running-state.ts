import {
  type Check,
  describeState,
  formatTook,
  parseReadiness,
  parseVersion,
  type Readiness,
  type StateWords,
  titleOf,
} from './readiness.ts'

const ASK_EVERY_MS = 5_000
/** Longer than the collector itself waits for a database (3 s), so that its sentence arrives. */
const TIMEOUT_MS = 8_000

/** Asks the collector how it is as long as somebody looks, and shows the answer. */
export function showRunningState(root: Document): void {
  let version: string | undefined
  let isAsking = false

  async function ask(): Promise<void> {
    if (isAsking || root.visibilityState === 'hidden') return
    isAsking = true
    try {
      const readiness = parseReadiness(await fetchJson('/readyz'))
      // After an absence another version may be running.
      if (readiness === undefined) version = undefined
      else version ??= parseVersion(await fetchJson('/api/v1/openapi.json'))
      render(root, readiness, version)
    } finally {
      isAsking = false
    }
  }

  void ask()
  setInterval(() => void ask(), ASK_EVERY_MS)
  root.addEventListener('visibilitychange', () => void ask())
}

/** @returns the JSON of an answer whatever its status, or undefined when there is none */
async function fetchJson(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' })
    return await response.json()
  } catch {
    // No answer, too slow, or no JSON: all of these mean that the collector cannot be asked right now.
    return undefined
  }
}

function render(root: Document, readiness: Readiness | undefined, version: string | undefined): void {
  const words = describeState(readiness)
  for (const element of root.querySelectorAll<HTMLElement>('[data-tone]')) element.dataset['tone'] = words.tone
  renderWords(root, words, version)
  const list = root.querySelector('[data-checks]')
  const template = root.querySelector<HTMLTemplateElement>('template[data-check]')
  if (list === null || template === null) return
  if (readiness === undefined) list.replaceChildren(...Array.from(list.children, forgetAnswer))
  else list.replaceChildren(...readiness.checks.map((check) => createRow(template, check)))
}

function renderWords(root: Document, words: StateWords, version: string | undefined): void {
  const texts = {
    'state-short': version === undefined ? words.short : `${words.short} · version ${version}`,
    'state-title': words.title,
    'state-sentence': words.sentence,
  }
  for (const [name, text] of Object.entries(texts)) {
    for (const element of root.querySelectorAll(`[data-text="${name}"]`)) {
      // Screen readers repeat what is written anew, so the same words are left alone.
      if (element.textContent !== text) element.textContent = text
    }
  }
}

/** What was true a while ago is not shown as if it still were. */
function forgetAnswer(row: Element): Element {
  row.removeAttribute('data-ok')
  for (const part of row.querySelectorAll('[data-part="took"], [data-part="verdict"]')) part.textContent = ''
  for (const part of row.querySelectorAll('[data-part="message"]')) part.textContent = 'Not known.'
  return row
}

function createRow(template: HTMLTemplateElement, check: Check): DocumentFragment {
  const row = template.content.cloneNode(true) as DocumentFragment
  const item = row.querySelector('li')
  if (item !== null) item.dataset['ok'] = String(check.ok)
  const texts = {
    name: titleOf(check.name),
    message: check.message,
    took: formatTook(check.tookMs),
    verdict: check.ok ? 'works' : 'does not work',
  }
  for (const [part, text] of Object.entries(texts)) {
    const element = row.querySelector(`[data-part="${part}"]`)
    if (element !== null) element.textContent = text
  }
  return row
}
