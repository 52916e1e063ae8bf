import { createEffect, createSignal, on } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { pageEntry } from '../../app/page-list.ts'
import type { PageModules } from '../../app/page-modules.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { CommandPalette } from './command-palette.tsx'
import { createKeyListener } from './create-key-listener.ts'
import { DeletionNotices } from './deletion-notices.tsx'
import { Dock } from './dock.tsx'
import { NavSheet } from './nav-sheet.tsx'
import { NoticeStack } from './notice-stack.tsx'
import { PageOutlet } from './page-outlet.tsx'
import { SessionEnded } from './session-ended.tsx'
import { createShellShortcuts } from './shell-shortcuts.ts'
import { createShellSources } from './shell-sources.ts'
import { ShortcutsSheet } from './shortcuts-sheet.tsx'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'

type Overlay = 'none' | 'palette' | 'shortcuts' | 'menu'

/** The frame around every page. */
export function Shell(props: { readonly pages: PageModules }) {
  const app = useApp()
  const [overlay, setOverlay] = createSignal<Overlay>('none')
  const close = (): void => {
    setOverlay('none')
  }
  const actions = { showPalette: () => setOverlay('palette'), showShortcuts: () => setOverlay('shortcuts') }
  const sources = createShellSources(app, actions)
  const shortcuts = createShellShortcuts(app, actions)
  const keys = createKeyListener(() => shortcuts, actions.showPalette)
  let main: HTMLElement | undefined

  createEffect(() => {
    document.title = m.documentTitle(pageEntry(app.location().page).title, app.network()?.name ?? '')
  })
  // A screen reader begins at the new page, not at the link that led there.
  createEffect(
    on(
      () => app.location().page,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  )

  return (
    <div class="flex min-h-screen">
      <a
        href="#page"
        class="btn btn-primary btn-sm sr-only focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-50"
      >
        {m.skipToContent}
      </a>
      <SideBar />
      <div class="flex min-w-0 flex-1 flex-col pb-20 lg:pb-0">
        <TopBar onMenu={() => setOverlay('menu')} onSearch={actions.showPalette} />
        <main
          ref={main}
          id="page"
          class="flex w-full max-w-[1480px] flex-1 flex-col p-4 outline-none lg:p-8"
          tabindex={-1}
        >
          <DeletionNotices />
          <PageOutlet pages={props.pages} />
        </main>
      </div>
      <Dock onMore={() => setOverlay('menu')} />
      <NavSheet isOpen={overlay() === 'menu'} onClose={close} />
      <CommandPalette isOpen={overlay() === 'palette'} onClose={close} sources={sources} />
      <ShortcutsSheet isOpen={overlay() === 'shortcuts'} onClose={close} shortcuts={shortcuts} keys={keys} />
      <SessionEnded />
      <NoticeStack />
    </div>
  )
}
