/** value, but at least low and at most high. */
export function clamp(value, low, high) {
  throw new Error('not implemented')
}
