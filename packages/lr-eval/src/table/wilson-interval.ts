/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964

/**
 * The 95 % confidence interval of a share, by Wilson's score method (Wilson 1927), which holds for few trials and for
 * shares of 0 and 1.
 *
 * @returns lower and upper bound, from 0 to 1; all of it for no trials
 */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  if (trials === 0) return [0, 1]
  const share = successes / trials
  const z2 = Z * Z
  const centre = share + z2 / (2 * trials)
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))
  const scale = 1 + z2 / trials
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}
