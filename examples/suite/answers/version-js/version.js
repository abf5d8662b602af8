/** Compares versions such as 1.10.2 by their numbers: negative, 0 or positive. A missing number is 0. */
export function compareVersions(a, b) {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number))
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
