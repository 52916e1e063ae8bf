import type { Component } from 'solid-js'
import type { AppPage } from '../url/app-location.ts'

/** The code of each page, loaded when it is first shown. */
export type PageModules = Readonly<Record<AppPage, () => Promise<{ readonly Page: Component }>>>

/** Every page of the dashboard. A page is a file that exports `Page`. */
export const PAGE_MODULES: PageModules = {
  live: () => import('../features/live/live-page.tsx'),
  players: () => import('../features/players/players-page.tsx'),
  sessions: () => import('../features/sessions/sessions-page.tsx'),
  events: () => import('../features/events/events-page.tsx'),
  servers: () => import('../features/servers/servers-page.tsx'),
  health: () => import('../features/health/health-page.tsx'),
  settings: () => import('../features/settings/settings-page.tsx'),
  account: () => import('../features/account/account-page.tsx'),
  start: () => import('../features/start/start-page.tsx'),
}
