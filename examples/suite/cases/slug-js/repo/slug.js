/** A title as part of an address: lower case, words joined by single hyphens, only a to z and 0 to 9. */
export function slug(title) {
  throw new Error('not implemented')
}
