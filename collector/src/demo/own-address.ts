/** Where the simulator reaches the collector that started it, which listens on `host`. */
export function ownAddress(host: string, port: number): string {
  if (host === '0.0.0.0') return `ws://127.0.0.1:${port}`
  if (host === '::') return `ws://[::1]:${port}`
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}`
}
