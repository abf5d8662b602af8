/** A time for people: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function writeSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const two = (value: number) => String(value).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** US dollars with as many digits as a cheap call needs: `$1.25`, `$0.0031`; `cost unknown` where no server said. */
export function writeCost(cost: number | null | undefined): string {
  if (cost === undefined || cost === null) return 'cost unknown'
  return `$${cost.toFixed(cost === 0 || cost >= 0.1 ? 2 : 4)}`
}

/** A count with its thousands apart: `12,345`. */
export function writeCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** An estimate of the tokens in a text: four bytes a token, as lr-llm estimates. */
export function tokensIn(bytes: number): number {
  return Math.max(1, Math.round(bytes / 4))
}

/** That estimate in two digits. */
export function writeTokens(bytes: number): string {
  const tokens = tokensIn(bytes)
  return `about ${writeCount(Number(tokens.toPrecision(2)))} ${tokens === 1 ? 'token' : 'tokens'}`
}

/** `1 reply`, `2 replies`. */
export function plural(count: number, word: string, words = `${word}s`): string {
  return `${writeCount(count)} ${count === 1 ? word : words}`
}

const BARS = '▁▂▃▄▅▆▇█'

/** A score between 0 and 1 a bar. */
export function sparkline(scores: readonly number[]): string {
  return scores.map((score) => BARS[Math.min(BARS.length - 1, Math.floor(score * BARS.length))]).join('')
}
