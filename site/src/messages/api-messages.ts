import { defineMessages } from './define-messages.ts'

/** Sentences for what goes wrong between the page and the collector. */
export const apiMessages = defineMessages({
  unreachable: 'The collector does not answer. It may be restarting, or the connection of this device may be down.',
  timeout: 'The collector took too long to answer. It may have much to do.',
  notJson: 'Something other than the collector answered. A proxy in between may be set up wrongly.',
})
