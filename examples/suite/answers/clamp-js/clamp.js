/** value, but at least low and at most high. */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}
