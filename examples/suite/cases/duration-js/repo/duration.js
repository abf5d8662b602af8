/** Whole seconds as H:MM:SS. */
export function formatDuration(seconds) {
  throw new Error('not implemented')
}
