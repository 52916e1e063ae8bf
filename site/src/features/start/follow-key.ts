import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { browserEvents } from '../../api/browser-events.ts'
import { apiUrl } from '../../api/client.ts'
import { createEventFollower } from '../../api/event-follower.ts'
import type { App } from '../../app/app-context.ts'
import type { KeyState } from './join-steps.ts'

/** A key as it comes along. */
export interface KeyFollower {
  readonly state: Accessor<KeyState | undefined>
  /** Name of the server that is connected with it. */
  readonly server: Accessor<string | undefined>
  /** Whether the stream was lost and is tried again. */
  readonly isLost: Accessor<boolean>
}

/** Follows how far a key has come, pushed by the collector. */
export function followKey(
  app: App,
  key: Accessor<{ readonly networkId: string; readonly keyId: string }>,
): KeyFollower {
  const [state, setState] = createSignal<KeyState>()
  const [server, setServer] = createSignal<string>()
  const [isLost, setLost] = createSignal(false)

  createEffect(
    on(key, (param) => {
      setState(undefined)
      const follower = createEventFollower(browserEvents, {
        url: apiUrl('/networks/:networkId/keys/:keyId/state/stream', { param }),
        // The collector's own type.
        events: { state: (data) => setState(data as KeyState) },
        onState: ({ kind }) => setLost(kind === 'waiting'),
        onFailure: () => void app.api.get('/networks/:networkId/keys/:keyId/state', { param }),
      })
      onCleanup(() => follower.close())
    }),
  )
  createEffect(
    on(
      () => state()?.lastHelloAtMs,
      async (helloAtMs) => {
        if (helloAtMs == null) return
        const answer = await app.api.get('/networks/:networkId/keys/:keyId/connections', { param: key() })
        if (answer.kind === 'ok') setServer(answer.data[0]?.server)
      },
    ),
  )
  return { state, server, isLost }
}
