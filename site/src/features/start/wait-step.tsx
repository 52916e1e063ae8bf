import { createMemo, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { startMessages as m } from '../../messages/start-messages.ts'
import { ConnectCard } from './connect-card.tsx'
import { followKey } from './follow-key.ts'
import { isRefusedNow, type JoinStep, type KeyState, listJoinSteps } from './join-steps.ts'
import { socketAddress } from './snippets.ts'
import { StepHeading } from './step-heading.tsx'
import { StepList } from './step-list.tsx'

/** Less is what any two clocks differ by. */
const CLOCK_OFF_MS = 60_000

/** Waits for the first player of a key, and says at each step what happened or what went wrong. */
export function WaitStep(props: {
  readonly networkId: string
  readonly keyId: string
  readonly secret: string | undefined
  readonly step: string
}) {
  const app = useApp()
  const param = () => ({ networkId: props.networkId })
  const keys = createCard(param, (asked, signal) =>
    app.api.get('/networks/:networkId/keys', { param: asked }, { signal }),
  )
  const follow = followKey(app, () => ({ networkId: props.networkId, keyId: props.keyId }))
  const isDone = () => follow.state()?.firstPlayerAtMs != null
  return (
    <>
      <StepHeading
        title={isDone() ? m.doneTitle : m.waitTitle}
        sentence={isDone() ? m.doneSentence : m.waitSentence}
        step={props.step}
      />
      <div class="grid gap-5 lg:grid-cols-2">
        <ConnectCard secret={props.secret} />
        <Card title={m.progress}>
          <CardBody
            state={keys.state()}
            onRetry={keys.refresh}
            skeleton="rows"
            size="min-h-80"
            isEmpty={(list) => !list.some(({ id }) => id === props.keyId)}
            empty={
              <EmptyState title={m.noSuchKey} sentence={m.noSuchKeySentence}>
                <a class="btn btn-primary btn-sm" href={app.href('start', { network: props.networkId })}>
                  {m.createKey}
                </a>
              </EmptyState>
            }
          >
            {(list) => {
              const key = () => list().find(({ id }) => id === props.keyId)
              return (
                <Show
                  when={key()?.revokedAtMs === null}
                  fallback={<EmptyState title={m.revoked} sentence={m.revokedSentence} />}
                >
                  <Progress
                    state={follow.state()}
                    server={follow.server()}
                    keyName={key()?.name ?? ''}
                    isLost={follow.isLost()}
                  />
                </Show>
              )
            }}
          </CardBody>
        </Card>
      </div>
      <div class="flex flex-wrap items-center gap-4">
        <a
          class="btn"
          classList={{
            'btn-primary': isDone(),
            'btn-sm border-base-300 bg-transparent font-normal': !isDone(),
          }}
          href={app.href('live', { network: props.networkId })}
        >
          {isDone() ? m.goToLive : m.later}
        </a>
      </div>
    </>
  )
}

function Progress(props: {
  readonly state: KeyState | undefined
  readonly server: string | undefined
  readonly keyName: string
  readonly isLost: boolean
}) {
  const app = useApp()
  const steps = createMemo(() => (props.state === undefined ? [] : listJoinSteps(props.state)))
  const time = (atMs: number | null) => (atMs === null ? '' : app.format().timeWithSeconds(atMs))
  const offsetMs = () => Math.abs(props.state?.clockOffsetMs ?? 0)
  const refusal = () => props.state?.lastRefusal ?? undefined
  function factOf(step: JoinStep): string {
    const clock = props.state?.clockOffsetMs == null ? '' : m.clockRight(app.format().duration(offsetMs()))
    const facts =
      step.key === 'reached' ? [props.server ?? ''] : step.key === 'accepted' ? [m.keyFact(props.keyName), clock] : []
    return [...facts, time(step.atMs)].filter(Boolean).join(' · ')
  }
  const refusalText = () => (
    <>
      {refusal()?.message}
      <span class="mt-1 block">
        <span class="font-mono text-xs">{refusal()?.code}</span>{' '}
        <a class="link text-xs" href="/docs/reference/errors/" target="_blank" rel="noopener">
          {m.errorCodes}
        </a>
      </span>
    </>
  )
  return (
    <Show when={props.state} fallback={<div class="quiet-pulse min-h-64 flex-1 rounded-lg" />}>
      {(state) => (
        <div class="mt-1 flex flex-col gap-4">
          <StepList
            steps={steps()}
            factOf={factOf}
            failure={
              <Notice tone="error" title={m.refusedAt(time(refusal()?.atMs ?? null))} class="mt-2">
                {refusalText()}
              </Notice>
            }
          />
          <Show when={offsetMs() >= CLOCK_OFF_MS}>
            <Notice tone="warning" title={m.clockOff(app.format().duration(offsetMs()))}>
              {m.clockOffSentence}
            </Notice>
          </Show>
          <Show when={state().lastHelloAtMs !== null && !state().connected && !isRefusedNow(state())}>
            <Notice tone="warning" title={m.linkLost}>
              {m.linkLostSentence}
            </Notice>
          </Show>
          <Show when={refusal() !== undefined && !isRefusedNow(state())}>
            <Notice tone="warning" title={m.refusedBefore(time(refusal()?.atMs ?? null))}>
              {refusalText()}
            </Notice>
          </Show>
          <Show when={props.isLost}>
            <p class="text-sm muted" role="status">
              {m.streamLost}
            </p>
          </Show>
          <Show when={state().lastHelloAtMs === null && state().firstEventAtMs === null}>
            <details class="text-sm">
              <summary class="cursor-pointer muted">{m.nothing}</summary>
              <ul class="mt-2 list-disc space-y-1 pl-5 text-pretty muted wrap-anywhere">
                <li>{m.nothingReach(socketAddress(window.location.origin))}</li>
                <li>{m.nothingKey}</li>
                <li>{m.nothingLog}</li>
              </ul>
            </details>
          </Show>
        </div>
      )}
    </Show>
  )
}
