import type { Io } from '@loop-runner/cli-kit'

/** Work that was stopped by Ctrl-C. */
export const STOPPED = Symbol('stopped')

/**
 * Runs work that Ctrl-C stops, while the program goes on.
 *
 * @param work gets an Io whose signal Ctrl-C aborts
 */
export async function stoppable<T>(io: Io, work: (io: Io) => Promise<T>): Promise<T | typeof STOPPED> {
  const stop = new AbortController()
  const cleanUps = new Set<() => Promise<void> | void>()
  const release = io.interceptCtrlC(() => {
    stop.abort(new Error('stopped by Ctrl-C'))
    for (const cleanUp of cleanUps) void cleanUp()
  })
  const onInterrupt: Io['onInterrupt'] = (cleanUp) => {
    cleanUps.add(cleanUp)
    const forget = io.onInterrupt(cleanUp)
    return () => {
      cleanUps.delete(cleanUp)
      forget()
    }
  }
  try {
    const result = await work({ ...io, signal: AbortSignal.any([io.signal, stop.signal]), onInterrupt })
    return stop.signal.aborted ? STOPPED : result
  } catch (error) {
    if (stop.signal.aborted) return STOPPED
    throw error
  } finally {
    release()
  }
}
