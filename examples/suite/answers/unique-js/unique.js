/** The items whose key did not occur before, in order. */
export function uniqueBy(items, key) {
  const seen = new Set()
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)))
}
