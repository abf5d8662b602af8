/** The first letters of the words of a name, as capitals. */
export function initials(name) {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0].toUpperCase())
    .join('')
}
