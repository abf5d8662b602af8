/** What the groups of patterns match in a text, as numbers, in all; a match of a pattern without groups counts 1. */
export function sumMatches(patterns: readonly RegExp[], text: string): number {
  let sum = 0
  for (const pattern of patterns) {
    for (const [, ...groups] of text.matchAll(pattern)) {
      sum += groups.length === 0 ? 1 : groups.reduce((all, group: string | undefined) => all + Number(group ?? 0), 0)
    }
  }
  return sum
}
