import { createSignal, Match, Show, Switch } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { startMessages as m } from '../../messages/start-messages.ts'
import { DemoOffer } from '../demo/demo-offer.tsx'
import { KeyStep } from './key-step.tsx'
import { NetworkStep } from './network-step.tsx'
import { StepHeading } from './step-heading.tsx'
import { WaitStep } from './wait-step.tsx'

const STEPS = 3

/** From nothing to the first player: a network, a key, and the wait for the first join. The URL says which step it is. */
export function Page() {
  const app = useApp()
  // Of the key that was created here. It is nowhere else, and gone with the page.
  const [created, setCreated] = createSignal<{ readonly keyId: string; readonly secret: string }>()
  const networkId = () => app.state().network
  const keyId = () => app.state().open
  const knowsRights = () => app.sources.rights() !== undefined
  const secret = () => (created()?.keyId === keyId() ? created()?.secret : undefined)
  return (
    <div class="mx-auto flex w-full max-w-5xl flex-col gap-5">
      <Show when={knowsRights()} fallback={<div class="quiet-pulse h-72 rounded-box" />}>
        <Switch
          fallback={
            <Show
              when={app.may('networks.create')}
              fallback={<EmptyState title={m.mayNot} sentence={m.mayNotSentence} />}
            >
              <StepHeading title={m.networkTitle} sentence={m.networkSentence} step={m.step(1, STEPS)} />
              <NetworkStep />
              <DemoOffer class="max-w-xl" />
            </Show>
          }
        >
          <Match when={networkId() !== undefined && !app.may('keys.manage')}>
            <EmptyState title={m.keyMayNot} sentence={m.keyMayNotSentence} />
          </Match>
          <Match when={keyId() === undefined ? networkId() : undefined}>
            {(id) => (
              <>
                <StepHeading
                  title={m.keyTitle}
                  sentence={m.keySentence(app.network()?.name ?? '')}
                  step={m.step(2, STEPS)}
                />
                <KeyStep networkId={id()} onCreated={setCreated} />
              </>
            )}
          </Match>
          <Match when={keyId() === undefined ? undefined : networkId()}>
            {(id) => <WaitStep networkId={id()} keyId={keyId() ?? ''} secret={secret()} step={m.step(STEPS, STEPS)} />}
          </Match>
        </Switch>
      </Show>
    </div>
  )
}
