import { type ErrorCode, isErrorCode } from '@mctrack/sdk/protocol'
import { InvalidArgumentError } from 'commander'

/** For Commander: a code of the table of error codes, in any case, with hyphens or underscores. */
export function parseErrorCode(text: string): ErrorCode {
  const code = text.trim().toUpperCase().replaceAll('-', '_')
  if (isErrorCode(code)) return code
  throw new InvalidArgumentError('It must be an error code such as EVENT_MALFORMED.')
}
