/** Dollars. */
export function writeCost(cost: number | null | undefined): string {
  return cost === null || cost === undefined ? 'cost unknown' : `$${cost < 0.1 ? cost.toFixed(4) : cost.toFixed(2)}`
}

export function writeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function writeSize(text: string): string {
  const bytes = Buffer.byteLength(text)
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
}

/** `1 token`, `2,500 tokens`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
