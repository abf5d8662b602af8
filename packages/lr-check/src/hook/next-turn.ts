/** How often in a row an agent was sent back in a session, and with which failures. */
export interface HookMemory {
  /** Failures in a row. */
  readonly failures: number
  /** How many of them, the last ones, were the same, and their text as a hash. */
  readonly same: number
  readonly hash: string
}

/** The answer to an agent that wants to stop although the check fails. */
export interface Turn {
  readonly memory: HookMemory
  /** Why it may stop all the same; undefined: it is sent back. */
  readonly letGo: string | undefined
  /** Whether the check fails as it did before the agent was sent back. */
  readonly isSame: boolean
}

/** So many failures of the same kind in a row are enough. */
const MOST_SAME = 3

/**
 * @param before undefined at the first failure of a session, and after the user has spoken
 * @param limit how often in a row an agent is sent back
 */
export function nextTurn(before: HookMemory | undefined, hash: string, limit: number): Turn {
  const failures = (before?.failures ?? 0) + 1
  const isSame = before?.hash === hash
  const same = isSame ? before.same + 1 : 1
  return { memory: { failures, same, hash }, letGo: reasonToLetGo(failures, same, limit), isSame }
}

function reasonToLetGo(failures: number, same: number, limit: number): string | undefined {
  if (failures > limit) return `the check still fails after the agent was sent back ${limit} times (--hook-limit)`
  return same >= MOST_SAME ? `the check failed ${same} times in a row in the same way` : undefined
}
