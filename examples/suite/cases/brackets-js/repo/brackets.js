/** Whether (), [] and {} in text are nested properly; other characters do not matter. */
export function isBalanced(text) {
  throw new Error('not implemented')
}
