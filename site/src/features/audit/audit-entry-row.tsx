import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { type AuditEntry, auditActions, auditFields, auditMessages as m } from '../../messages/audit-messages.ts'
import { listChanges, subjectOf } from './audit-changes.ts'

const KINDS = { operator: m.operator, unknown: m.unknown, system: m.system, user: m.gone } as const

/** One line of the audit log: who did what to what, when, and what differs since. */
export function AuditEntryRow(props: { readonly entry: AuditEntry }) {
  const app = useApp()
  const who = () => props.entry.actor.name ?? KINDS[props.entry.actor.kind]
  const subject = () => subjectOf(props.entry)
  const changes = () =>
    listChanges(props.entry, (name, value) => {
      if (typeof value === 'boolean') return value ? m.yes : m.no
      if (typeof value !== 'number') return value ?? '–'
      if (/(?:At|[Ff]rom|^to)Ms$/.test(name)) return app.format().exact(value)
      return name.endsWith('Ms') ? app.format().duration(value) : app.format().number(value)
    })
  return (
    <li class="border-t border-base-300/50 py-2.5 text-sm">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <p class="min-w-0 flex-1 wrap-anywhere">
          <span class="font-medium">{who()}</span> {auditActions[props.entry.action] ?? props.entry.action}
          <Show when={subject() !== ''}>
            <span class="muted">{` · ${subject()}`}</span>
          </Show>
        </p>
        <RelativeTime atMs={props.entry.atMs} look="moment" class="text-xs muted" />
      </div>
      <Show when={changes().length > 0}>
        <ul class="mt-1 flex flex-wrap gap-1.5 text-xs">
          <For each={changes()}>
            {({ name, before, after }) => (
              <li class="max-w-full rounded-md bg-neutral px-2 py-1 wrap-anywhere">
                <span class="muted">{`${auditFields[name] ?? name}: `}</span>
                <Show when={before !== undefined}>
                  <span class="line-through muted">{before}</span>
                </Show>
                <Show when={before !== undefined && after !== undefined}>
                  <span aria-hidden="true">{' → '}</span>
                  <span class="sr-only">{m.became}</span>
                </Show>
                <Show when={after !== undefined}>{after}</Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class="mt-1 flex flex-wrap gap-x-3 text-xs muted">
        <Show when={props.entry.failure}>{(code) => <span class="text-error">{m.failed(code())}</span>}</Show>
        <Show when={props.entry.address}>{(address) => <span class="num">{m.from(address())}</span>}</Show>
        <span class="font-mono break-all">{`${m.request} ${props.entry.requestId}`}</span>
      </p>
    </li>
  )
}
