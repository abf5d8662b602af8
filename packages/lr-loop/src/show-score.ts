/** A score with two decimals. Only a whole score is `1.00`: a check that fails by one of a thousand tests has `0.99`. */
export function showScore(score: number): string {
  return score < 1 && score >= 0.995 ? '0.99' : score.toFixed(2)
}
