import type { Browser } from 'playwright-core'

/** A page of the browser with nothing in it but itself. */
export interface BarePage {
  /** A command of the DevTools protocol. */
  send(method: string, params?: object): Promise<unknown>
  /** The value of an expression in the page, of what JSON can hold. */
  evaluate<Value>(expression: string): Promise<Value>
  close(): Promise<void>
}

/**
 * Opens a page in a context of its own that the test driver does not know. In its own pages it runs scripts and keeps
 * worlds for them, which a slowed processor feels (docs/performance.md).
 */
export async function openBarePage(
  browser: Browser,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<BarePage> {
  const driver = await browser.newBrowserCDPSession()
  const { browserContextId } = await driver.send('Target.createBrowserContext')
  const { targetId } = await driver.send('Target.createTarget', { url: 'about:blank', browserContextId, width, height })
  const { sessionId } = await driver.send('Target.attachToTarget', { targetId, flatten: false })
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  driver.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return
    const { id, result, error } = JSON.parse(event.message)
    if (error === undefined) waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(error.message))
    waiting.delete(id)
  })
  let lastId = 0

  async function send(method: string, params: object = {}): Promise<unknown> {
    const id = ++lastId
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    await driver.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    return answer
  }

  return {
    send,
    async evaluate<Value>(expression: string) {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true })
      return (answer as { readonly result: { readonly value: Value } }).result.value
    },
    async close() {
      await driver.send('Target.disposeBrowserContext', { browserContextId })
      await driver.detach()
    },
  }
}
