import type { Component } from 'solid-js'
import type { AppPage } from '../url/app-location.ts'

/** The code of each page, loaded when it is first shown. */
export type PageModules = Readonly<Record<AppPage, () => Promise<{ readonly Page: Component }>>>

const notYet = () => import('../features/not-yet/not-yet-page.tsx')

/** Every page of the dashboard. A page is a file that exports `Page`. */
export const PAGE_MODULES: PageModules = {
  live: () => import('../features/live/live-page.tsx'),
  players: notYet,
  sessions: notYet,
  events: notYet,
  servers: notYet,
  health: notYet,
  settings: notYet,
  account: notYet,
  start: () => import('../features/start/start-page.tsx'),
}
