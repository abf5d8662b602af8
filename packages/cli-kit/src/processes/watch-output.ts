import { fstatSync } from 'node:fs'

/** How often the size of a file is looked at. */
const LOOK_MS = 200

/** Where a process prints to: a function that is given its output, or a descriptor. */
type Target = ((chunk: Buffer) => void) | number

/** Output that is watched. */
interface Watched {
  /** What is to receive it in the place of the target. */
  readonly target: Target
  /** Ends the watching; whether it has come to more than is allowed. */
  readonly close: () => boolean
}

/**
 * Watches the output of a process for a flood; without a limit nothing counts as one. A function is given no chunk
 * beyond `maxBytes`; a file, which takes the output without a detour through us, may grow further until it is looked at.
 *
 * @param tellFlood called once, when it is found out while the process runs
 */
export function watchOutput(target: Target, maxBytes: number | undefined, tellFlood: () => void): Watched {
  if (maxBytes === undefined) return { target, close: () => false }
  let isFlood = false
  const look = (bytes: number) => {
    if (isFlood || bytes <= maxBytes) return
    isFlood = true
    tellFlood()
  }
  if (typeof target === 'number') {
    const lookAtFile = () => look(fstatSync(target).size)
    const timer = setInterval(lookAtFile, LOOK_MS)
    const close = () => {
      clearInterval(timer)
      lookAtFile()
      return isFlood
    }
    return { target, close }
  }
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    look(bytes)
    if (!isFlood) target(chunk)
  }
  return { target: count, close: () => isFlood }
}
