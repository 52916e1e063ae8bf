import { type Columns, createRowWriter, type ExportFormat } from './columns.ts'

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8; header=present', ndjson: 'application/x-ndjson' } as const

/** Pages of rows, each loaded when the one before it was taken. */
export type Pages<Row> = AsyncIterable<readonly Row[]>

/**
 * Answers with all rows as a file, page by page as the client reads: memory stays that of a page or two, however many
 * there are. What fails after the first byte cuts the connection, so that half a file is not taken for a whole one.
 *
 * @param options.signal ends it: the client left, or may no longer have it
 */
export function answerExport<Row>(
  pages: Pages<Row>,
  columns: Columns<Row>,
  options: { readonly format: ExportFormat; readonly name: string; readonly signal: AbortSignal },
): Response {
  const { format, signal } = options
  const { head, write } = createRowWriter(format, columns)
  const encoder = new TextEncoder()
  const iterator = pages[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (head !== '') controller.enqueue(encoder.encode(head))
      },
      async pull(controller) {
        signal.throwIfAborted()
        const { done, value } = await iterator.next()
        signal.throwIfAborted()
        if (done) return controller.close()
        controller.enqueue(encoder.encode(value.map(write).join('')))
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 1 },
  )
  return new Response(body, {
    headers: {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="${options.name}.${format}"`,
      'x-stream': '1',
    },
  })
}

/** What a name of a file may hold. */
export function fileName(...parts: readonly string[]): string {
  return parts
    .map((part) =>
      part
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 100)
}
