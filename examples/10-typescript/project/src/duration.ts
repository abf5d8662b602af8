const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 }

/** The seconds that a text such as `1h 30m` stands for; undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
  let total = 0
  for (const word of text.split(' ')) {
    let found: any = word.match(/^(\d+)([smh])$/)
    if (found == null) return undefined
    total += found[1] * SECONDS[found[2]]
  }
  return total
}

/** `1h 30m` for 5400. */
export function formatDuration(seconds: number): string {
  const parts: string[] = []
  for (const [unit, size] of Object.entries(SECONDS).reverse()) {
    const count = Math.floor(seconds / size)
    if (count > 0) parts.push(count + unit)
    seconds = seconds % size
  }
  return parts.join(' ') || 0
}
