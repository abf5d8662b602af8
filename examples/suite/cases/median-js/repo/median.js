/** The median; undefined for no numbers. The array stays as it is. */
export function median(numbers) {
  throw new Error('not implemented')
}
