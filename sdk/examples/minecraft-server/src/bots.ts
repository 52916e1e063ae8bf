import { setTimeout as sleep } from 'node:timers/promises'
import { type Bot, joinServer } from './bot.ts'

const BOTS_MAX = 500
const HOSTNAMES = ['play.example.net', 'play.example.net', 'mc.example.net', 'summer.example.org', 'vote.example.com']
/** Between two things that a bot does. */
const PAUSE_MS = { min: 1_000, max: 6_000 }
const REJOIN_MS = { min: 2_000, max: 10_000 }
/** A bot that the server does not let in tries again after this. */
const RETRY_MS = 5_000

const { HOST: host = '127.0.0.1', PORT: port = '25565' } = process.env
const count = Math.min(BOTS_MAX, Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 10))

/** One player's life: joins, plays for a while, leaves in one of the ways that players leave, and comes back. */
async function live(name: string): Promise<never> {
  for (;;) {
    await sleep(between(REJOIN_MS))
    try {
      const bot = await joinServer({ host, port: Number(port), name, hostname: oneOf(HOSTNAMES) })
      console.log(`${name} joined`)
      await play(bot)
      console.log(`${name} left${suffix(await bot.ended)}`)
    } catch (error) {
      console.warn(String(error))
      await sleep(RETRY_MS)
    }
  }
}

async function play(bot: Bot): Promise<void> {
  let isOver = false
  bot.ended.then(() => {
    isOver = true
  })
  const leaveAtMs = Date.now() + between({ min: 20_000, max: 120_000 })
  while (!isOver && Date.now() < leaveAtMs) {
    oneOf(PASTIMES)(bot)
    await sleep(between(PAUSE_MS))
  }
  if (!isOver) oneOf(FAREWELLS)(bot)
}

const PASTIMES: ReadonlyArray<(bot: Bot) => void> = [
  (bot) => bot.say(`/${oneOf(['lobby', 'survival', 'survival', 'skyblock'])}`),
  (bot) => bot.say('/crate'),
  (bot) => bot.say('/afk'),
  (bot) => bot.say(oneOf(['hello', 'does anybody trade?', 'good game'])),
  (bot) => bot.walkTo({ ...bot.position(), x: between({ min: -20, max: 20 }), z: between({ min: -20, max: 20 }) }),
  (bot) => bot.walkTo({ ...bot.position(), y: -10 }),
]

const FAREWELLS: ReadonlyArray<(bot: Bot) => void> = [
  (bot) => bot.quit(),
  (bot) => bot.say('/quit'),
  (bot) => bot.fallSilent(),
  (bot) => {
    for (let times = 0; times < 10; times++) bot.say('BUY CHEAP DIAMONDS')
  },
]

function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new Error('an empty list')
  return item
}

function between({ min, max }: { readonly min: number; readonly max: number }): number {
  return min + Math.random() * (max - min)
}

function suffix(farewell: string | null): string {
  return farewell === null ? '' : `: ${farewell}`
}

await Promise.all(Array.from({ length: count }, (_, index) => live(`Bot${index + 1}`)))
