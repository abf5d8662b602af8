/** The items in arrays of size; the last may be shorter. */
export function chunk(items, size) {
  const result = []
  for (let at = 0; at < items.length; at += size) result.push(items.slice(at, at + size))
  return result
}
