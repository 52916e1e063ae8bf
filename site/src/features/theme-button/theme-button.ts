import { parseThemeChoice, THEME_STORAGE_KEY, themeName } from '../../theme/theme-choice.ts'

/** Lets the buttons of a page change between light and dark; what is chosen holds for the dashboard too. */
export function enableThemeButtons(root: Document): void {
  for (const button of root.querySelectorAll<HTMLElement>('[data-theme-button]')) {
    button.classList.remove('hidden')
    button.addEventListener('click', () => toggle(root.documentElement))
  }
}

function toggle(element: HTMLElement): void {
  const choice = parseThemeChoice(element.dataset['theme'])
  const isDark = choice === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : choice === 'dark'
  const name = themeName(isDark ? 'light' : 'dark')
  if (name === undefined) return
  element.dataset['theme'] = name
  try {
    localStorage.setItem(THEME_STORAGE_KEY, name)
  } catch {
    // Storage may be refused to the page; the choice holds until it is closed.
  }
}
