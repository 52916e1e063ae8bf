import { defineMessages } from './define-messages.ts'

/** Words about the network that is only played. */
export const demoMessages = defineMessages({
  lookAround: 'Look around with a demo network',
  lookAroundSentence:
    'A network with an invented past of 30 days, and invented players online. It is removed with one click.',
  load: 'Load the demo network',
  open: 'Open it',
  remove: 'Remove the demo network',
  removing: 'Removing…',
  removed: 'The demo network is gone, with everything of it.',
  demo: 'demo',
  nothingReal: 'Nothing here is real',
  nothingRealSentence:
    'This network is played by a simulator, so that you can look around. Remove it whenever you like.',
  starting: 'Making it ready…',
  history: (share: string) => `Playing its past: ${share}`,
  storing: 'Storing what was played…',
  rebuilding: 'Counting its past…',
  live: 'The demo network is there.',
  failed: 'The demo network is not played',
  counted: (sessions: string, events: string) => `${sessions} sessions, ${events} events`,
  progress: 'History of the demo network',
})
