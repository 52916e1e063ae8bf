import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { DeadLettersCard } from './dead-letters-card.tsx'
import { HistoryCards } from './history-cards.tsx'
import { NowCard } from './now-card.tsx'
import { SendersCard } from './senders-card.tsx'

/** What arrives, what is refused and why, and what to do about it. */
export function Page() {
  const app = useApp()
  const history = createCard(
    () => {
      const networkId = app.network()?.id
      const { fromMs, toMs } = app.range()
      return networkId === undefined ? undefined : { networkId, fromMs, toMs }
    },
    ({ networkId, fromMs, toMs }, signal) =>
      app.api.get(
        '/networks/:networkId/ingest/history',
        { param: { networkId }, query: { fromMs: String(fromMs), toMs: String(toMs) } },
        { signal },
      ),
  )
  return (
    <div class="grid grid-cols-12 gap-4 lg:gap-5">
      <NowCard />
      <HistoryCards card={history} />
      <SendersCard card={history} />
      <DeadLettersCard />
    </div>
  )
}
