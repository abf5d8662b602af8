/** Stands in for a program's own interrupt, so that one part of its children can be stopped. */
export interface Stopper {
  readonly onInterrupt: (cleanUp: () => Promise<void> | void) => () => void
  /** Stops running attempts and starts no more; resolves when all have ended. */
  readonly stop: () => Promise<void>
  readonly isStopped: () => boolean
}

export function makeStopper(): Stopper {
  const cleanUps = new Set<() => Promise<void> | void>()
  let stopped = false
  return {
    onInterrupt(cleanUp) {
      cleanUps.add(cleanUp)
      return () => cleanUps.delete(cleanUp)
    },
    async stop() {
      stopped = true
      await Promise.allSettled([...cleanUps].map(async (cleanUp) => cleanUp()))
    },
    isStopped: () => stopped,
  }
}

/** For processes that must end even when everything else is stopped. */
export const UNSTOPPED = { onInterrupt: () => () => {} } as const
