/**
 * Waits so many milliseconds.
 *
 * @throws the signal's reason if it is aborted before
 */
export function sleep(timeMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, timeMs)
    signal.addEventListener('abort', stop, { once: true })
  })
}
