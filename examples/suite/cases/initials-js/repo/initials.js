/** The first letters of the words of a name, as capitals. */
export function initials(name) {
  throw new Error('not implemented')
}
