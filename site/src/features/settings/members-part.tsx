import { createSignal, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type RowAction, RowMenu } from '../../components/row-menu.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import type { Member } from './member.ts'
import { MemberDialogs, type MemberWish } from './member-dialogs.tsx'
import { PartHeading } from './part-heading.tsx'

const OWNER = 'owner'

/** Who may see a network, and as what. */
export function MembersPart(props: { readonly networkId: string }) {
  const app = useApp()
  const members = createCard(
    () => ({ networkId: props.networkId }),
    (param, signal) => app.api.get('/networks/:networkId/members', { param }, { signal }),
  )
  const [wish, setWish] = createSignal<MemberWish>()
  const isMe = ({ userId }: Member) => userId === app.sources.user()?.id
  const isOwner = () => {
    const state = members.state()
    return state.kind === 'ready' && state.data.some((member) => isMe(member) && member.role.id === OWNER)
  }
  function actionsOf(member: Member): readonly RowAction[] {
    const leave: RowAction = { title: m.leave, isDangerous: true, run: () => setWish({ kind: 'leave', member }) }
    if (isMe(member)) return [leave]
    // Only owners change owners.
    if (!app.may('members.manage') || (member.role.id === OWNER && !isOwner())) return []
    return [
      { title: m.changeRole, run: () => setWish({ kind: 'role', member }) },
      ...(isOwner() && member.role.id !== OWNER
        ? [{ title: m.transfer, run: () => setWish({ kind: 'transfer', member }) }]
        : []),
      { title: m.remove, isDangerous: true, run: () => setWish({ kind: 'remove', member }) },
    ]
  }
  const columns: ReadonlyArray<Column<Member>> = [
    {
      key: 'name',
      title: m.member,
      phone: 'title',
      cell: (member) => (
        <span class="flex min-w-0 items-center gap-2">
          <span class="truncate font-medium">{member.name}</span>
          <Show when={isMe(member)}>
            <span class="badge badge-sm border-0 bg-neutral">{m.you}</span>
          </Show>
        </span>
      ),
    },
    { key: 'email', title: m.email, phone: 'second', cell: (member) => member.email ?? '' },
    { key: 'role', title: m.role, phone: 'second', cell: (member) => member.role.name },
    {
      key: 'joined',
      title: m.joined,
      phone: 'hidden',
      class: 'sm:max-md:hidden',
      cell: (member) => <RelativeTime atMs={member.joinedAtMs} look="moment" />,
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (member) => (
        <Show when={actionsOf(member).length > 0}>
          <span class="inline-block">
            <RowMenu label={m.actionsOf(member.name)} actions={actionsOf(member)} />
          </span>
        </Show>
      ),
    },
  ]
  return (
    <>
      <Card title={m.members}>
        <div class="mt-2">
          <PartHeading sentence={m.membersSentence}>
            <Show when={app.may('members.manage')}>
              <a class="btn btn-primary btn-sm" href={app.href('settings', { tab: 'invitations', open: 'new' })}>
                {m.invite}
              </a>
            </Show>
          </PartHeading>
        </div>
        <CardBody state={members.state()} onRetry={members.refresh} skeleton="table" size="min-h-60">
          {(all) => <DataTable columns={columns} rows={all()} caption={m.members} />}
        </CardBody>
      </Card>
      <MemberDialogs
        networkId={props.networkId}
        wish={wish()}
        mayMakeOwners={isOwner()}
        onClose={() => setWish(undefined)}
        onChanged={members.refresh}
      />
    </>
  )
}
