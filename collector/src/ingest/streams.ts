import { type Id, LANE, type Lane } from '@mctrack/sdk/protocol'
import { keyOf } from '../live/index.ts'
import type { Receipt, WriteBuffer } from '../storage/index.ts'

/** One lane of one instance, as far as this collector has seen it. */
export interface Stream {
  readonly instanceId: Id
  readonly lane: Lane
  /** Highest number taken into the buffers. */
  taken: number
  /** Highest number that is stored with all before it. */
  stored: number
}

interface PendingBatch extends Receipt {
  readonly through: number
  /** Buffers that have not stored their part yet. */
  pending: number
}

interface StreamState<Sender> extends Stream {
  readonly networkId: string
  /** The connection that the stream was last heard from on, which gets its acknowledgements. */
  sender: Sender | undefined
  /** Batches that are not stored yet, in order; undefined while there are none. */
  batches: PendingBatch[] | undefined
}

export interface Streams<Sender> {
  /**
   * Finds or makes a stream, and sends its acknowledgements to `sender` from now on.
   *
   * @param known the number up to which the sender knows that everything is dealt with
   */
  attach(networkId: string, instanceId: Id, lane: Lane, known: number, sender: Sender): Stream
  /** Numbers up to `through` were written to the buffers in this turn of the event loop; acknowledge when stored. */
  wrote(stream: Stream, through: number, buffers: readonly WriteBuffer[]): void
  /** The connection is gone; another one may have taken the stream over already. */
  detach(stream: Stream, sender: Sender): void
}

/** Streams without a connection that are remembered, so that a resend is recognized; the oldest are forgotten first. */
const DETACHED_MAX = 10_000

/** Follows every stream from taken to stored, and acknowledges in order: never a number before the ones below it. */
export function createStreams<Sender>(sendAck: (sender: Sender, stream: Stream) => void): Streams<Sender> {
  const lanes = new Map<Lane, Map<string, StreamState<Sender>>>([
    [LANE.sessions, new Map()],
    [LANE.telemetry, new Map()],
  ])
  const dirty = new Set<StreamState<Sender>>()
  const detached = new Set<StreamState<Sender>>()
  let scheduled = false

  function sendAcks(): void {
    scheduled = false
    for (const stream of dirty) if (stream.sender !== undefined) sendAck(stream.sender, stream)
    dirty.clear()
  }

  function advance(stream: StreamState<Sender>): void {
    const { batches } = stream
    if (batches === undefined) return
    let done = 0
    for (const batch of batches) {
      if (batch.pending > 0) break
      stream.stored = batch.through
      done += 1
    }
    if (done === 0) return
    if (done === batches.length) stream.batches = undefined
    else batches.splice(0, done)
    dirty.add(stream)
    if (scheduled) return
    scheduled = true
    setImmediate(sendAcks)
  }

  function forgetOldest(): void {
    for (const stream of detached) {
      if (detached.size <= DETACHED_MAX) return
      detached.delete(stream)
      if (stream.batches === undefined) lanes.get(stream.lane)?.delete(keyOf(stream.instanceId))
      else detached.add(stream) // Its turn comes again once it is stored.
    }
  }

  return {
    attach(networkId, instanceId, lane, known, sender) {
      const streams = lanes.get(lane)
      const key = keyOf(instanceId)
      let stream = streams?.get(key)
      // An id that another network uses is no business of this one: it gets a stream of its own.
      if (stream === undefined || stream.networkId !== networkId) {
        stream = { networkId, instanceId, lane, taken: known, stored: known, sender: undefined, batches: undefined }
        streams?.set(key, stream)
      }
      if (known > stream.taken) {
        stream.taken = known
        if (stream.batches === undefined) stream.stored = known
      }
      stream.sender = sender
      detached.delete(stream)
      return stream
    },

    wrote(handle, through, buffers) {
      const stream = handle as StreamState<Sender>
      const batch: PendingBatch = {
        through,
        pending: buffers.length,
        settle() {
          batch.pending -= 1
          if (batch.pending === 0) advance(stream)
        },
      }
      stream.batches ??= []
      stream.batches.push(batch)
      for (const buffer of buffers) buffer.attach(batch)
    },

    detach(handle, sender) {
      const stream = handle as StreamState<Sender>
      if (stream.sender !== sender) return
      stream.sender = undefined
      detached.add(stream)
      if (detached.size > DETACHED_MAX) forgetOldest()
    },
  }
}
