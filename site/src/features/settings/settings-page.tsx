import { type Component, createMemo, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useApp } from '../../app/app-context.ts'
import type { Permission } from '../../app/rights.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { AuditLog } from '../audit/audit-log.tsx'
import { DangerPart } from './danger-part.tsx'
import { InvitationsPart } from './invitations-part.tsx'
import { KeysPart } from './keys-part.tsx'
import { MembersPart } from './members-part.tsx'
import { NetworkPart } from './network-part.tsx'
import { OptOutsPart } from './opt-outs-part.tsx'
import { RolesPart } from './roles-part.tsx'

interface Part {
  readonly key: string
  readonly title: string
  readonly permission: Permission
  readonly component: Component<{ readonly networkId: string }>
}

const PARTS: readonly Part[] = [
  { key: 'network', title: m.tabNetwork, permission: 'network.settings', component: NetworkPart },
  { key: 'keys', title: m.tabKeys, permission: 'keys.manage', component: KeysPart },
  { key: 'members', title: m.tabMembers, permission: 'network.view', component: MembersPart },
  { key: 'roles', title: m.tabRoles, permission: 'members.manage', component: RolesPart },
  { key: 'invitations', title: m.tabInvitations, permission: 'members.manage', component: InvitationsPart },
  { key: 'opt-outs', title: m.tabOptOuts, permission: 'players.erase', component: OptOutsPart },
  { key: 'audit', title: m.tabAudit, permission: 'audit.view', component: AuditLog },
  { key: 'danger', title: m.tabDanger, permission: 'network.delete', component: DangerPart },
]

/** The settings of a network: those parts that the person may use. */
export function Page() {
  const app = useApp()
  const parts = createMemo(() => PARTS.filter(({ permission }) => app.may(permission)), undefined, {
    equals: (a, b) => a.length === b.length && a.every((part, index) => part === b[index]),
  })
  const shown = () => app.state().tab ?? parts()[0]?.key ?? ''
  const part = () => parts().find(({ key }) => key === shown())
  return (
    <Show when={app.sources.rights() !== undefined} fallback={<Skeleton shape="table" />}>
      <Tabs tabs={parts()} selected={shown()} onSelect={(tab) => app.go('settings', { tab })} label={m.tabs}>
        <Show when={part()} fallback={<EmptyState title={m.mayNot} sentence={m.mayNotSentence} />} keyed>
          {({ component }) => (
            <Show when={app.network()?.id} keyed>
              {(networkId) => <Dynamic component={component} networkId={networkId} />}
            </Show>
          )}
        </Show>
      </Tabs>
    </Show>
  )
}
