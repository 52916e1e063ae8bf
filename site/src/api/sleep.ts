/** Waits. Rejects with the signal's reason when that ends it before. */
export function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    function end(): void {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, delayMs)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
