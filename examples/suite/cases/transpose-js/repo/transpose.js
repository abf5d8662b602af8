/** The rows of a matrix as columns. */
export function transpose(rows) {
  throw new Error('not implemented')
}
