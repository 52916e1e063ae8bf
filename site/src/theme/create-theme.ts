import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { parseThemeChoice, THEME_STORAGE_KEY, type ThemeChoice, themeName } from './theme-choice.ts'

/** The theme of this browser. */
export interface Theme {
  readonly choice: Accessor<ThemeChoice>
  /** What is really shown: for the system's choice, what the system has now. */
  readonly shown: Accessor<'light' | 'dark'>
  choose(choice: ThemeChoice): void
}

/** Follows and changes the theme: remembered, told to other tabs, and redrawn when the system changes. */
export function createTheme(): Theme {
  const root = document.documentElement
  const system = matchMedia('(prefers-color-scheme: dark)')
  const [choice, setChoice] = createSignal<ThemeChoice>(parseThemeChoice(root.dataset['theme']))
  const [systemIsDark, setSystemIsDark] = createSignal(system.matches)

  function show(next: ThemeChoice): void {
    const name = themeName(next)
    if (name === undefined) delete root.dataset['theme']
    else root.dataset['theme'] = name
    setChoice(next)
  }
  function onSystem(event: MediaQueryListEvent): void {
    setSystemIsDark(event.matches)
  }
  function onStorage(event: StorageEvent): void {
    if (event.key === THEME_STORAGE_KEY) show(parseThemeChoice(event.newValue))
  }
  system.addEventListener('change', onSystem)
  window.addEventListener('storage', onStorage)
  onCleanup(() => {
    system.removeEventListener('change', onSystem)
    window.removeEventListener('storage', onStorage)
  })

  return {
    choice,
    shown() {
      const chosen = choice()
      if (chosen !== 'system') return chosen
      return systemIsDark() ? 'dark' : 'light'
    },
    choose(next) {
      show(next)
      remember(themeName(next))
    },
  }
}

function remember(name: string | undefined): void {
  try {
    if (name === undefined) localStorage.removeItem(THEME_STORAGE_KEY)
    else localStorage.setItem(THEME_STORAGE_KEY, name)
  } catch {
    // Storage may be refused to the page; the choice holds until it is closed.
  }
}
