/** What a person chose: one of our themes, or whatever the system has. */
export type ThemeChoice = 'system' | 'light' | 'dark'

/** Where the choice is remembered; `first-paint.js` reads the same. */
export const THEME_STORAGE_KEY = 'mctrack-theme'

const THEMES = { light: 'mctrack-light', dark: 'mctrack-dark' } as const

/** The choice that a stored value or a `data-theme` attribute stands for; anything unknown is the system's. */
export function parseThemeChoice(value: string | null | undefined): ThemeChoice {
  if (value === THEMES.light) return 'light'
  return value === THEMES.dark ? 'dark' : 'system'
}

/** The name of the daisyUI theme, or undefined to follow the system. */
export function themeName(choice: ThemeChoice): string | undefined {
  return choice === 'system' ? undefined : THEMES[choice]
}
