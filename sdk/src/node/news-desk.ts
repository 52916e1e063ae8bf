import { isLinkErrorCode, LINK_ERROR_CODES } from '../protocol/index.ts'
import type { News } from './driver.ts'
import type { ClientOptions, ClientStatus, LinkStatus, Problem } from './options.ts'

type LinkPart = Pick<ClientStatus, 'link' | 'code' | 'message' | 'retryAtMs'>
type Counts = Pick<ClientStatus, 'network' | 'droppedEvents' | 'rejectedEvents'>

/** Turns news of the driver into the status and the problems that the host is told about. */
export interface NewsDesk {
  tell(news: News): void
  problem(code: Problem['code'], message: string): void
  status(): LinkPart & Counts
  /** Resolves once nothing waits any more. */
  onDrained(wake: () => void): () => void
}

/** @param fullStatus completes the status for `onStatus` */
export function createNewsDesk(
  { onProblem, onStatus }: Pick<ClientOptions, 'onProblem' | 'onStatus'>,
  fullStatus: () => ClientStatus,
): NewsDesk {
  const drainWaiters = new Set<() => void>()
  let link: LinkPart = { link: 'connecting', code: null, message: null, retryAtMs: null }
  let network: string | null = null
  let lastDetail: string | null = null
  let droppedEvents = 0
  let rejectedEvents = 0

  function problem(code: Problem['code'], message: string): void {
    try {
      onProblem?.({ code, message })
    } catch {
      // The hook is the host's own code; its failure must not become the server's.
    }
  }

  function drop(events: number, code: Problem['code'], message: string): void {
    droppedEvents += events
    problem(code, message)
  }

  function onLink({ state, code, retryAtMs }: Extract<News, { kind: 'link' }>): void {
    if (state === 'greeting' || state === 'idle') return
    const entry = code !== null && isLinkErrorCode(code) ? LINK_ERROR_CODES[code] : undefined
    const away: LinkStatus = entry?.retry === 'never' ? 'refused' : 'waiting'
    const message = state === 'waiting' ? (entry?.sentence ?? lastDetail) : null
    link = { link: state === 'streaming' ? 'connected' : state === 'waiting' ? away : state, code, message, retryAtMs }
    try {
      onStatus?.(fullStatus())
    } catch (error) {
      problem('HOOK_FAILED', `onStatus failed: ${String(error)}`)
    }
  }

  return {
    problem,
    status: () => ({ ...link, network, droppedEvents, rejectedEvents }),
    onDrained(wake) {
      drainWaiters.add(wake)
      return () => drainWaiters.delete(wake)
    },
    tell(news) {
      switch (news.kind) {
        case 'closed':
          lastDetail = news.detail
          return
        case 'link':
          network = news.network?.name ?? network
          return onLink(news)
        case 'rejected':
          rejectedEvents += 1
          return problem('EVENT_REJECTED', `event ${news.number} was refused: ${news.code}: ${news.sentence}`)
        case 'dropped':
          return drop(news.events, 'EVENTS_DROPPED', `${news.events} events were given up: ${news.why}`)
        case 'foreign':
          return drop(
            news.events,
            'SPOOL_OF_OTHER_NETWORK',
            `${news.events} events in the spool belong to another network than the key and were given up`,
          )
        case 'drained':
          for (const wake of drainWaiters) wake()
          return
        case 'command':
          return // No command is known yet; unknown ones are ignored by the protocol.
      }
    },
  }
}
