import type { TypedResponse } from 'hono'

/** Bytes that are gathered before they are sent. */
const PIECE_CHARS_MIN = 65_536

/**
 * Answers with one JSON document that is made while it is read; a client that goes away ends its making. When making it
 * fails, the answer is cut off. That the pieces are such a document is for the caller to know.
 */
export function answerInPieces(
  pieces: AsyncGenerator<string>,
  fileName: string,
): Response & TypedResponse<never, 200, 'json'> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = ''
      while (text.length < PIECE_CHARS_MIN) {
        const { value, done } = await pieces.next()
        if (done === true) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          return controller.close()
        }
        text += value
      }
      controller.enqueue(encoder.encode(text))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  const headers = {
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-stream': '1',
  }
  return new Response(body, { headers }) as Response & TypedResponse<never, 200, 'json'>
}
