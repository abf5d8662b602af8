const MULTIPLES: Readonly<Record<string, number>> = { k: 1000, m: 1_000_000 }

/** A whole number, also of thousands or millions (`24k`, `1.5M`), as people write tokens. NaN for anything else. */
export function parseWholeNumber(text: string): number {
  const [, number = text, unit = ''] = /^(.*\d)([km])$/i.exec(text.trim()) ?? []
  const value = parseNumber(number) * (MULTIPLES[unit.toLowerCase()] ?? 1)
  return Number.isInteger(value) ? value : Number.NaN
}

/** NaN for what is no number. */
export function parseNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
