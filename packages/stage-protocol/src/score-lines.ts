/** How well something went, and what was found wanting. */
export interface SaidScore {
  /** From 0 to 1. */
  readonly score: number
  readonly deficiencies: readonly string[]
}

/** `0.75`, `.75`, `7.5e-1`; not the beginning of something else, such as `1abc` or `0,5`. */
const NUMBER = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?(?!\w|[.,]\d)`
/** The name, after a byte-order mark if a program prints one. */
const NAME = String.raw`^\ufeff?[ \t]*score[ \t]*[:=][ \t]*`
const LINE = new RegExp(
  String.raw`${NAME}(?<number>-?${NUMBER})[ \t]*(?:(?<percent>%)|/[ \t]*(?<whole>${NUMBER}))?(?<rest>.*)$`,
  'gim',
)

/** What programs print in the place of a number that they do not have; and what begins as a number: `0,5`, `1.2.3`, `+1`. */
const NO_NUMBER = new RegExp(
  String.raw`${NAME}(?:(?:[-+]?(?:nan|inf(?:inity)?)|n/a|none|null|undefined|)[ \t]*|[-+.,]*\d.*)$`,
  'gim',
)

/**
 * The lines `score: 0.75 what is wanting` of what a script printed; also in percent (`75%`) and as a fraction (`7.5/10`).
 * Values outside 0 to 1 do not count.
 */
export function readScoreLines(text: string): SaidScore[] {
  return [...text.matchAll(LINE)].map(readLine).filter(isInRange)
}

/** The first line with a score outside 0 to 1, or without a number; undefined if not found. */
export function findStrayScore(text: string): string | undefined {
  const outside = [...text.matchAll(LINE)].filter((line) => !isInRange(readLine(line)))
  const wrong = [...text.matchAll(NO_NUMBER)].filter(([line]) => line.search(LINE) < 0)
  return [...outside, ...wrong][0]?.[0].trim()
}

function isInRange({ score }: SaidScore): boolean {
  return score >= 0 && score <= 1
}

function readLine({ groups: { number, percent, whole, rest = '' } = {} }: RegExpExecArray): SaidScore {
  const score = Number(number) / (percent === undefined ? Number(whole ?? 1) : 100)
  return { score, deficiencies: rest.trim() === '' ? [] : [rest.trim()] }
}

/** Of several the mean, and everything that any of them found wanting; undefined for none. */
export function meanOf(said: readonly SaidScore[]): SaidScore | undefined {
  if (said.length === 0) return undefined
  return {
    score: said.reduce((sum, { score }) => sum + score, 0) / said.length,
    deficiencies: said.flatMap(({ deficiencies }) => deficiencies),
  }
}
