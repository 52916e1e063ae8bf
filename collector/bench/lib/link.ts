import { createConnection, type Socket } from 'node:net'
import { STREAM_PATH, SUBPROTOCOL } from '@mctrack/sdk/protocol'

/**
 * A WebSocket client that costs next to nothing, so that what is measured is the other end: frames are made beforehand,
 * masked with zeros, and written as they are; what comes back is cut into messages.
 */
export interface Link {
  readonly socket: Socket
  write(frames: Uint8Array): void
  onMessage(listener: (message: Buffer) => void): void
  readonly closed: Promise<void>
  close(): void
}

const HEADER_END = '\r\n\r\n'

export async function openLink(
  port: number,
  options: { readonly key?: string; readonly path?: string } = {},
): Promise<Link> {
  const { key = 'none', path = STREAM_PATH } = options
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
      `X-API-Key: ${key}`,
      HEADER_END.slice(2),
    ].join('\r\n'),
  )
  let listener: (message: Buffer) => void = () => undefined
  let rest: Buffer = Buffer.alloc(0)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.on('data', function onHead(chunk: Buffer) {
      rest = Buffer.concat([rest, chunk])
      const end = rest.indexOf(HEADER_END)
      if (end < 0) return
      const head = rest.subarray(0, end).toString()
      rest = rest.subarray(end + HEADER_END.length)
      socket.off('data', onHead)
      if (!head.startsWith('HTTP/1.1 101')) return reject(new Error(`no upgrade: ${head.split('\r\n')[0]}`))
      socket.on('data', onData)
      resolve()
    })
  })
  socket.removeAllListeners('error')
  socket.on('error', () => undefined)

  function onData(chunk: Buffer): void {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (;;) {
      if (rest.length - at < 2) break
      let length = (rest[at + 1] as number) & 127
      let head = 2
      if (length === 126) {
        if (rest.length - at < 4) break
        length = rest.readUInt16BE(at + 2)
        head = 4
      } else if (length === 127) {
        if (rest.length - at < 10) break
        length = Number(rest.readBigUInt64BE(at + 2))
        head = 10
      }
      if (rest.length - at < head + length) break
      const opcode = (rest[at] as number) & 15
      if (opcode === 2) listener(rest.subarray(at + head, at + head + length))
      if (opcode === 9) socket.write(wsFrame(rest.subarray(at + head, at + head + length), 10))
      at += head + length
    }
    rest = rest.subarray(at)
  }

  return {
    socket,
    write: (frames) => void socket.write(frames),
    onMessage(next) {
      listener = next
    },
    closed,
    close: () => socket.destroy(),
  }
}

/** A message as a client's frame, masked with zeros. */
export function wsFrame(message: Uint8Array, opcode = 2): Buffer {
  const { length } = message
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(head + 4 + length)
  frame[0] = 0x80 | opcode
  if (head === 2) frame[1] = 0x80 | length
  else if (head === 4) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, head + 4)
  return frame
}
