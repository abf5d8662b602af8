import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** What forks while it is stopped is met again. */
const ROUNDS = 5
const PAUSE_MS = 20

const WAIT_MS = 100

/**
 * Waits until no process has `variable` with this value in its environment, and knows of none where `stopMarked` does not.
 *
 * @throws the signal's reason where it is aborted
 */
export async function waitForMarked(variable: string, value: string, signal: AbortSignal): Promise<void> {
  while (isAnyMarked(variable, value)) await setTimeout(WAIT_MS, undefined, { signal })
}

/** Whether some process has `variable` with this value in its environment; false where that cannot be known. */
export function isAnyMarked(variable: string, value: string): boolean {
  return marked(signOf(variable, value)).length > 0
}

/**
 * Kills the processes that have `variable` with this value in their environment, wherever they hide: what a child has
 * left behind outside its process group. Linux only; elsewhere, and where a process emptied its environment, no process is
 * found.
 *
 * @param value unique, so that no other process is hit
 * @returns the names of what was killed
 */
export async function stopMarked(variable: string, value: string): Promise<string[]> {
  const sign = signOf(variable, value)
  const names = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const left = marked(sign)
    if (left.length === 0) break
    for (const { pid, name } of left) {
      names.add(name)
      kill(pid)
    }
    await setTimeout(PAUSE_MS)
  }
  return [...names]
}

function signOf(variable: string, value: string): Buffer {
  return Buffer.from(`${variable}=${value}\0`)
}

function marked(sign: Buffer): { pid: number; name: string }[] {
  return listProcesses().flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`).includes(sign)) return []
      return [{ pid, name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }]
    } catch {
      // It has ended, or belongs to another user.
      return []
    }
  })
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid)
  } catch {
    return []
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
