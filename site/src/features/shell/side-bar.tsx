import { useApp } from '../../app/app-context.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { Logo } from './logo.tsx'
import { NavLinks } from './nav-links.tsx'
import { NetworkSwitcher } from './network-switcher.tsx'
import { UserBar } from './user-bar.tsx'

/** The navigation at the side of a wide screen. */
export function SideBar() {
  const app = useApp()
  return (
    <nav
      aria-label={m.mainNavigation}
      class="sticky top-0 hidden h-screen w-60 shrink-0 flex-col gap-1 border-r border-base-300/60 px-3 py-4 lg:flex"
    >
      <a href={app.href('live')} class="mb-3 flex items-center gap-2.5 rounded-lg px-2">
        <Logo />
        <span class="text-[15px] font-semibold tracking-tight">MCTrack</span>
      </a>
      <NetworkSwitcher />
      <div class="flex min-h-0 flex-col gap-1 overflow-y-auto">
        <NavLinks />
      </div>
      <UserBar />
    </nav>
  )
}
