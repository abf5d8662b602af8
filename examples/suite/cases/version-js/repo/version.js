/** Compares versions such as 1.10.2 by their numbers: negative, 0 or positive. A missing number is 0. */
export function compareVersions(a, b) {
  throw new Error('not implemented')
}
