import { type Accessor, createContext, useContext } from 'solid-js'
import type { ApiClient } from '../api/client.ts'
import type { Formatters } from '../format/formatters.ts'
import type { Theme } from '../theme/create-theme.ts'
import type { AppLocation, AppPage } from '../url/app-location.ts'
import type { AppState } from '../url/app-state.ts'
import type { ResolvedRange } from '../url/range.ts'
import type { AppSources, NetworkSummary } from './app-sources.ts'
import type { HistoryMode } from './create-router.ts'
import type { Notices } from './notices.ts'
import type { Permission } from './rights.ts'

/** What every page can use. */
export interface App {
  readonly location: Accessor<AppLocation>
  readonly state: Accessor<AppState>
  /** Changes what the URL holds; `push` unless told otherwise. */
  change(change: Partial<AppState>, mode?: HistoryMode): void
  /** Goes to another page, which begins with its own filters. */
  go(page: AppPage, change?: Partial<AppState>): void
  /** The address of a page, for links: `<a href={app.href('players', { open: id })}>`. */
  href(page: AppPage, change?: Partial<AppState>): string
  /** The network that is shown; undefined while they are loaded, or when there is none. */
  readonly network: Accessor<NetworkSummary | undefined>
  /** The instants of the time range. Moves on once a minute while it reaches to now. */
  readonly range: Accessor<ResolvedRange>
  readonly format: Accessor<Formatters>
  readonly now: Accessor<number>
  readonly showsUtc: Accessor<boolean>
  setShowsUtc(showsUtc: boolean): void
  readonly api: ApiClient
  readonly theme: Theme
  readonly notices: Notices
  readonly sources: AppSources
  /** Whether somebody may do it: on the network that is shown, or on the installation. False until that is known. */
  may(permission: Permission): boolean
  readonly sessionEnded: Accessor<boolean>
  /** Asks the API whether somebody is signed in again. */
  checkSession(): Promise<boolean>
}

export const AppContext = createContext<App>()

/** The dashboard that this component is in. */
export function useApp(): App {
  const app = useContext(AppContext)
  if (app === undefined) throw new Error('a page of the dashboard is shown outside of it')
  return app
}
