import { createReport } from './report.ts'
import { startMinecraftServer } from './server.ts'
import { VERSION } from './version.ts'

const {
  MCTRACK_KEY: key,
  MCTRACK_ENDPOINT: endpoint = 'ws://127.0.0.1:4000',
  SERVER_NAME: serverName = 'minecraft-1',
  HOST: host = '127.0.0.1',
  PORT: port = '25565',
} = process.env

if (key === undefined) {
  console.error('MCTRACK_KEY is missing. The README tells how to create a key.')
  process.exit(1)
}

const report = createReport({
  key,
  endpoint,
  serverName,
  onStatus: ({ link, network, message }) => {
    const about = message === null ? '' : `: ${message}`
    console.log(`MCTrack: ${link} (${network ?? endpoint})${about}`)
  },
  onProblem: ({ message }) => console.warn(`MCTrack: ${message}`),
})
const server = await startMinecraftServer(report, { host, port: Number(port) })
console.log(`Minecraft ${VERSION} on ${host}:${server.port}. Stop with Ctrl+C.`)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (isStopping) return
    isStopping = true
    await server.close()
    await report.close()
  })
}
