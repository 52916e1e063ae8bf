import { path as activity } from 'lucide:activity'
import { path as listFilter } from 'lucide:list-filter'
import { path as radio } from 'lucide:radio'
import { path as server } from 'lucide:server'
import { path as settings } from 'lucide:settings'
import { path as sprout } from 'lucide:sprout'
import { path as timer } from 'lucide:timer'
import { path as userCog } from 'lucide:user-cog'
import { path as users } from 'lucide:users'
import { shellMessages as m } from '../messages/shell-messages.ts'
import type { AppPage } from '../url/app-location.ts'

/** How a page stands in the navigation and what its header offers. */
export interface PageEntry {
  readonly page: AppPage
  readonly title: string
  readonly icon: string
  readonly group: 'main' | 'explore' | 'operate' | 'none'
  /** Pressed after `g`; a page without one is reached from where it is needed. */
  readonly key: string | undefined
  /** Whether its numbers follow the time range of the header. */
  readonly hasRange: boolean
  /** Stands in the dock of a phone; the others are behind "More". */
  readonly isInDock: boolean
}

/** Every page, in the order of the navigation. */
export const PAGE_LIST: readonly PageEntry[] = [
  { page: 'live', title: m.live, icon: radio, group: 'main', key: 'l', hasRange: false, isInDock: true },
  { page: 'players', title: m.players, icon: users, group: 'main', key: 'p', hasRange: false, isInDock: true },
  { page: 'sessions', title: m.sessions, icon: timer, group: 'explore', key: 's', hasRange: true, isInDock: true },
  { page: 'events', title: m.events, icon: listFilter, group: 'explore', key: 'e', hasRange: true, isInDock: false },
  { page: 'servers', title: m.servers, icon: server, group: 'operate', key: 'v', hasRange: true, isInDock: true },
  { page: 'health', title: m.health, icon: activity, group: 'operate', key: 'h', hasRange: true, isInDock: false },
  { page: 'settings', title: m.settings, icon: settings, group: 'operate', key: 't', hasRange: false, isInDock: false },
  { page: 'start', title: m.start, icon: sprout, group: 'none', key: undefined, hasRange: false, isInDock: false },
  { page: 'account', title: m.account, icon: userCog, group: 'none', key: 'a', hasRange: false, isInDock: false },
]

/** The entry of a page. */
export function pageEntry(page: AppPage): PageEntry {
  const entry = PAGE_LIST.find((known) => known.page === page)
  if (entry === undefined) throw new Error(`the page ${page} is in no list`)
  return entry
}
