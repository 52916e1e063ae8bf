import { defineMessages } from './define-messages.ts'

/** Words of every form. */
export const formMessages = defineMessages({
  newPasswordHelp: 'At least 10 characters. A few words in a row are easy to keep and hard to guess.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  sending: 'One moment…',
  cancel: 'Cancel',
  noTimeZone: 'No time zone is called so. Choose one such as Europe/Berlin.',
  waitFor: (seconds: number) => `Try again in ${seconds} s.`,
  requestId: (id: string) => `Request ${id}`,
})
