/** A query string as an object; a repeated name keeps its last value. */
export function parseQuery(text) {
  return Object.fromEntries(new URLSearchParams(text))
}
