const COPIED_MS = 1_500
/** Stands in the page as it is built; the address that was really opened takes its place. */
const BUILT_ENDPOINT = 'ws://127.0.0.1:4000'

/** Puts this collector's own address into what is to be pasted, and lets the copy buttons copy. */
export function enhanceNextSteps(root: Document): void {
  const { protocol, host } = root.location
  const endpoint = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
  for (const code of root.querySelectorAll('[data-copy-text]')) {
    code.textContent = (code.textContent ?? '').replaceAll(BUILT_ENDPOINT, endpoint)
  }
  // Browsers offer the clipboard over HTTPS and on this machine alone.
  if (!('clipboard' in navigator)) return
  for (const button of root.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.classList.remove('hidden')
    button.addEventListener('click', () => void copy(button))
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const text = button.parentElement?.querySelector('[data-copy-text]')?.textContent ?? ''
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // The person or a policy said no; the text can still be selected.
    button.classList.add('hidden')
    return
  }
  button.dataset['copied'] = ''
  setTimeout(() => delete button.dataset['copied'], COPIED_MS)
}
