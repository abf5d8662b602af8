/** Pairs of the values at the same place in both lists; the shorter list ends it. */
export function zip(first, second) {
  return first.slice(0, second.length).map((value, index) => [value, second[index]])
}
