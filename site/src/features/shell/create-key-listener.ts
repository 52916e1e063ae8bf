import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { createShortcutMatcher, type Shortcut } from './shortcut-keys.ts'

/** Keys of the whole page. */
export interface KeyListener {
  /** Whether single keys do something; Ctrl/Cmd-K always does. */
  readonly isOn: Accessor<boolean>
  setOn(isOn: boolean): void
}

const STORAGE_KEY = 'mctrack-shortcuts'

/** Listens to keys while no dialog is open and nobody types. */
export function createKeyListener(shortcuts: () => readonly Shortcut[], showPalette: () => void): KeyListener {
  const [isOn, setOn] = createSignal(readChoice())
  const match = createShortcutMatcher(shortcuts)
  function onKeyDown(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      return showPalette()
    }
    if (!isOn() || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
    const shortcut = match({
      key: event.key,
      hasModifier: event.ctrlKey || event.metaKey || event.altKey,
      isTyping: isTyping(event.target),
      atMs: event.timeStamp,
    })
    if (shortcut === undefined) return
    event.preventDefault()
    shortcut.run()
  }
  document.addEventListener('keydown', onKeyDown)
  onCleanup(() => document.removeEventListener('keydown', onKeyDown))
  return {
    isOn,
    setOn(next) {
      setOn(next)
      try {
        localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off')
      } catch {
        // Storage may be refused to the page; the choice holds until it is closed.
      }
    },
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true // Storage may be refused to the page.
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}
