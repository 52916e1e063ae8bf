import type { Document } from './document.ts'
import { cell, codeCell, paragraphs, table } from './write-text.ts'

/** An entry of the one table of error codes (`sdk/src/protocol/errors.ts`). */
export interface ErrorCode {
  readonly status: number
  readonly close?: number
  readonly retry: 'later' | 'never'
  readonly exit: number
  readonly sentence: string
}

/** The page of every error code. */
export function writeErrors(codes: Readonly<Record<string, ErrorCode>>): Document {
  const sorted = Object.entries(codes).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  return {
    slug: 'reference/errors',
    group: 'Look it up',
    title: 'Error codes',
    description: 'Every code that the API, the ingest, the SDK and the command line can answer with, and what to do.',
    markdown: paragraphs(
      'One table for everything: answers of the API, refusals of servers and events, and exit codes of the command line. An answer says it as `{"error": {"code": "KEY_UNKNOWN", "message": "…"}}`; the message can say more than the sentence here.',
      '**HTTP** is the status, **close** the close code of a WebSocket that it can end, **exit** the exit code of `mctrack`. **Again later** means that the same request can succeed without anybody changing anything; `Retry-After` then says when.',
      '## Codes',
      table(
        ['Code', 'Means', 'Answers as'],
        sorted.map(([code, entry]) => [
          `<a id="${code}"></a>${codeCell(code)}`,
          cell(entry.sentence),
          answersAs(entry),
        ]),
      ),
    ),
  }
}

function answersAs({ status, close, retry, exit }: ErrorCode): string {
  const closing = close === undefined ? '' : `, close ${close}`
  return `HTTP ${status}${closing}, exit ${exit}${retry === 'later' ? ', again later' : ''}`
}
