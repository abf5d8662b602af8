/** Leaders of the process groups that this program has started and that still run. */
const leaders = new Set<number>()

/** The function that comes back is called once the group has ended. */
export function noteGroup(leader: number | undefined): () => void {
  if (leader === undefined) return () => {}
  leaders.add(leader)
  return () => leaders.delete(leader)
}

/** Asks all of them to end, and does not wait: a program that ends without its clean-ups leaves no children behind. */
export function endRunningGroups(): void {
  for (const leader of leaders) signalGroup(leader, 'SIGTERM')
}

/** @returns whether there is anybody in the group */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): boolean {
  if (leader === undefined) return false
  try {
    process.kill(-leader, signal)
    return true
  } catch {
    return false
  }
}
