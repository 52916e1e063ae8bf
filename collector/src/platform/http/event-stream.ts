/** One subscriber of a stream of server-sent events. */
export interface EventSink {
  /** Sends an event. Returns false when the client has not read the ones before; the event is not sent then. */
  send(event: string, data: unknown): boolean
}

const HEARTBEAT_MS = 15_000
/**
 * Answers with server-sent events until the client goes away.
 *
 * @param options.waitingMax events that may wait for a slow client
 * @param start begins sending and returns what ends it
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function answerEventStream(
  options: { readonly signal: AbortSignal; readonly waitingMax: number },
  start: (sink: EventSink) => () => void,
): Response {
  const { signal, waitingMax } = options
  const encoder = new TextEncoder()
  let stop: (() => void) | undefined
  let heartbeat: NodeJS.Timeout | undefined

  function end(): void {
    clearInterval(heartbeat)
    stop?.()
    stop = undefined
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string): void => controller.enqueue(encoder.encode(text))
        const sink: EventSink = {
          send(event, data) {
            if ((controller.desiredSize ?? 0) <= 0) return false
            write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
            return true
          },
        }
        write(': connected\n\n')
        heartbeat = setInterval(() => (controller.desiredSize ?? 0) > 0 && write(': still here\n\n'), HEARTBEAT_MS)
        signal.addEventListener('abort', () => {
          end()
          controller.error(new DOMException('the client went away', 'AbortError'))
        })
        stop = start(sink)
      },
      cancel: end,
    },
    { highWaterMark: waitingMax },
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
