/** The name that an unknown one means: the shortest that it begins, as `temp` does `temperature`, else the nearest. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const begun = word.length < 3 ? [] : names.filter((name) => name.startsWith(word))
  return begun.toSorted((one, other) => one.length - other.length)[0] ?? nearest(word, names)
}

/** The candidate that a mistyped word most likely meant, or undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein's distance, two neighbours that changed places being 1; anything from `limit` on may be given as `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit
  let before: number[] = []
  let row = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (const [index, char] of Array.from(left).entries()) {
    const next = [index + 1]
    for (let column = 1; column <= right.length; column++) {
      const substitution = (row[column - 1] ?? 0) + (right[column - 1] === char ? 0 : 1)
      const isSwap = char === right[column - 2] && left[index - 1] === right[column - 1]
      const swap = isSwap ? (before[column - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(substitution, swap, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[right.length] ?? limit
}
