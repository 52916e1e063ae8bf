const COPIED_MS = 1_500
/** Stands in pages as they are built; the address that was really opened takes its place. */
const BUILT_HOST = '127.0.0.1:4000'

/** Puts this collector's own address into code, and lets every block of it be copied. Without scripts both are left out. */
export function enableCopying(root: Document): void {
  for (const code of root.querySelectorAll('[data-copy-code], [data-copy-text]')) useOwnAddress(code, root.location)
  // Browsers offer the clipboard over HTTPS and on this machine alone.
  if (!('clipboard' in navigator)) return
  for (const block of root.querySelectorAll<HTMLElement>('[data-copy-code]')) addButton(root, block)
  for (const button of root.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.classList.remove('hidden')
    const text = (): string => button.parentElement?.querySelector('[data-copy-text]')?.textContent ?? ''
    button.addEventListener('click', () => void copy(button, text()))
  }
}

function useOwnAddress(element: Element, { protocol, host }: Location): void {
  const isSecure = protocol === 'https:'
  for (const node of textsOf(element)) {
    if (!node.data.includes(BUILT_HOST)) continue
    node.data = node.data
      .replaceAll(`ws://${BUILT_HOST}`, `${isSecure ? 'wss' : 'ws'}://${host}`)
      .replaceAll(`http://${BUILT_HOST}`, `${isSecure ? 'https' : 'http'}://${host}`)
  }
}

function* textsOf(element: Element): Generator<Text> {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node as Text
}

function addButton(root: Document, block: HTMLElement): void {
  const frame = root.createElement('div')
  frame.className = 'doc-code'
  const button = root.createElement('button')
  button.type = 'button'
  button.className = 'doc-copy'
  button.textContent = 'Copy'
  button.setAttribute('aria-label', 'Copy this code')
  button.addEventListener('click', () => {
    void copy(button, (block.textContent ?? '').replace(/\n$/, '')).then((isCopied) => {
      button.textContent = isCopied ? 'Copied' : 'Select it'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, COPIED_MS)
    })
  })
  block.replaceWith(frame)
  frame.append(block, button)
}

/** @returns whether it is on the clipboard; the person or a policy may say no, and the text can still be selected */
async function copy(button: HTMLElement, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    return false
  }
  button.dataset['copied'] = ''
  setTimeout(() => delete button.dataset['copied'], COPIED_MS)
  return true
}
