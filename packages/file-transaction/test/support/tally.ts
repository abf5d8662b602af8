/** Counts what a sweep tries, and what goes wrong in it. */
export interface Tally {
  /** @param problem undefined where all is as it should be */
  readonly take: (name: string, problem: string | undefined) => void
  readonly tried: () => number
  readonly problems: readonly string[]
  /** One line with the totals. */
  readonly line: () => string
}

export function makeTally(what: string): Tally {
  const problems: string[] = []
  let tried = 0
  return {
    take: (name, problem) => {
      tried++
      if (problem !== undefined) problems.push(`${name}: ${problem}`)
    },
    tried: () => tried,
    problems,
    line: () => `${what}: ${tried} tried, ${problems.length} wrong`,
  }
}
