import { MctrackError } from '../platform/error.ts'

/** Names of ours that somebody would try. */
const OUR_WORDS = ['mctrack', 'minecraft']
/** Shorter parts of a name are in many good passwords by chance. */
const WORD_CHARS_MIN = 4

/**
 * Refuses a password that would be among the first to be tried: one of the commonest in the world, or little more than
 * the name, the e-mail address or our own name.
 *
 * @throws MctrackError PASSWORD_WEAK
 */
export async function requireStrength(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  const text = password.toLowerCase()
  if ((await loadCommonPasswords()).has(text)) {
    throw new MctrackError('PASSWORD_WEAK', 'Choose another password: this one is among the commonest in the world.')
  }
  if (new Set(text).size <= 2) {
    throw new MctrackError('PASSWORD_WEAK', 'Choose another password: this one repeats one or two characters.')
  }
  const [local = '', host = ''] = email.toLowerCase().split('@')
  const words = [local, host, ...host.split('.'), name.toLowerCase().replaceAll(' ', ''), ...OUR_WORDS]
  const core = text.replace(/[^\p{L}]/gu, '')
  const isOwn = words
    .map((word) => word.replace(/[^\p{L}]/gu, ''))
    .some((word) => word.length >= WORD_CHARS_MIN && (core === word || core === word + word))
  if (isOwn || text === email.toLowerCase()) {
    throw new MctrackError(
      'PASSWORD_WEAK',
      'Choose another password: this one is made of your name, your e-mail address or the name of this product.',
    )
  }
}

let common: Promise<ReadonlySet<string>> | undefined

/** Some 49,000 passwords, the commonest first; the list is read when it is first needed. */
function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(String)),
  )
  return common
}
