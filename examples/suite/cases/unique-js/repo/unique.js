/** The items whose key did not occur before, in order. */
export function uniqueBy(items, key) {
  throw new Error('not implemented')
}
