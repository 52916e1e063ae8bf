import { createSignal } from 'solid-js'
import type { App } from '../../app/app-context.ts'
import { demoMessages as m } from '../../messages/demo-messages.ts'

/** Removes the demo network and leaves its pages. */
export function createDemoRemoval(app: App): { readonly isRemoving: () => boolean; remove(): Promise<boolean> } {
  const [isRemoving, setRemoving] = createSignal(false)
  return {
    isRemoving,
    async remove() {
      if (isRemoving()) return false
      setRemoving(true)
      const wasShown = app.network()?.isDemo === true
      const answer = await app.api.delete('/demo-network', {})
      setRemoving(false)
      if (answer.kind === 'failed') {
        app.notices.show({ tone: 'error', title: answer.error.message, sentence: answer.error.code })
        return false
      }
      app.notices.show({ tone: 'success', title: m.removed })
      if (wasShown) app.go(app.location().page, { network: undefined })
      app.sources.retryNetworks()
      app.sources.retryAccount()
      return true
    },
  }
}
