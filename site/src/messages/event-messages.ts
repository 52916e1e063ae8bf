import { defineMessages } from './define-messages.ts'

/** Texts of the events: their names, the list, how to send the first. */
export const eventMessages = defineMessages({
  names: 'Names',
  namesIn: (range: string) => range,
  namesCut: 'counted over the last 92 days',
  namesNone: 'No event in this time',
  namesNoneSentence: 'Names show here with their counts as soon as events come.',
  title: 'Events, newest first',
  search: 'UUID of a player',
  searchWrong: 'Events are found by the UUID of a player. By name, look in Players and follow the link to the events.',
  findPlayer: (text: string) => `Look for ${text} in Players`,
  time: 'Time',
  event: 'Event',
  player: 'Player',
  server: 'Server',
  gamemode: 'Game mode',
  properties: 'Properties',
  noPlayer: 'no player',
  custom: 'custom',
  afk: 'AFK',
  purchase: 'purchase',
  kindOf: (name: string, kind: string) => `${name} · ${kind}`,
  none: 'No event yet',
  noneSentence: 'Report what players do, such as quests, votes or deaths, in a line of code.',
  howToSend: 'How to send events',
  morePossible: 'The 500 most frequent are shown.',
})
