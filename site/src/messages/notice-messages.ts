import { defineMessages } from './define-messages.ts'

/** Words about what waits for its deletion. */
export const noticeMessages = defineMessages({
  networkDeletion: (name: string) => `${name} waits for its deletion`,
  networkDeletionSentence: (when: string) => `It takes no data, and everything of it will be removed on ${when}.`,
  networkArchived: (name: string) => `${name} is archived`,
  networkArchivedSentence: 'It takes no data. All that is stored can still be looked at.',
  accountDeletion: 'Your account waits for its deletion',
  accountDeletionSentence: (when: string) => `It will be removed on ${when}, with your memberships.`,
  takeBack: 'Take it back',
  takenBack: 'The deletion is taken back.',
})
