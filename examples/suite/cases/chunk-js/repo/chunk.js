/** The items in arrays of size; the last may be shorter. */
export function chunk(items, size) {
  throw new Error('not implemented')
}
