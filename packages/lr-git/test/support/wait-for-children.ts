import { existsSync } from 'node:fs'

/** Git processes outlive a parent that is killed, and go on to their end. */
export async function waitForChildren(log: string): Promise<void> {
  const pids = [...log.matchAll(/^child (\d+)$/gm)].map(([, pid]) => pid)
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await new Promise((resolve) => setTimeout(resolve, 2))
}
