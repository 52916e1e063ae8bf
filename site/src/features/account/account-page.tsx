import { type Component, createMemo, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useApp } from '../../app/app-context.ts'
import type { Permission } from '../../app/rights.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'
import { AuditLog } from '../audit/audit-log.tsx'
import { DataPart } from './data-part.tsx'
import { ProfilePart } from './profile-part.tsx'
import { SignInsPart } from './sign-ins-part.tsx'
import { TokensPart } from './tokens-part.tsx'
import { UsersPart } from './users-part.tsx'

interface Part {
  readonly key: string
  readonly title: string
  /** For owners of the installation. */
  readonly permission?: Permission
  readonly component: Component
}

const PARTS: readonly Part[] = [
  { key: 'profile', title: m.tabProfile, component: ProfilePart },
  { key: 'sign-ins', title: m.tabSignIns, component: SignInsPart },
  { key: 'tokens', title: m.tabTokens, component: TokensPart },
  { key: 'data', title: m.tabData, component: DataPart },
  { key: 'users', title: m.tabUsers, permission: 'users.manage', component: UsersPart },
  { key: 'installation', title: m.tabInstallation, permission: 'installation.audit', component: () => <AuditLog /> },
]

/** One's own account, and for owners of the installation everybody's. */
export function Page() {
  const app = useApp()
  const parts = createMemo(
    () => PARTS.filter(({ permission }) => permission === undefined || app.may(permission)),
    undefined,
    { equals: (a, b) => a.length === b.length },
  )
  const shown = () => app.state().tab ?? 'profile'
  const part = () => parts().find(({ key }) => key === shown())
  return (
    <Show when={app.sources.user()} fallback={<Skeleton shape="table" />}>
      <Tabs tabs={parts()} selected={shown()} onSelect={(tab) => app.go('account', { tab })} label={m.tabs}>
        <Show when={part()} fallback={<EmptyState title={m.mayNot} sentence={m.mayNotSentence} />} keyed>
          {({ component }) => <Dynamic component={component} />}
        </Show>
      </Tabs>
    </Show>
  )
}
