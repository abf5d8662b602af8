/** Where a number also has to fit a small type. */
export const NEXT = 1

/** Larger than the tolerance of comparisons of approximate values. */
const FAR = 17

/**
 * Another value of the same type and form: no code that returns the first can return it, too, and code that looks for the first
 * where the tests are finds this one.
 *
 * @param step the amount added to a number; default: more than half of it
 */
export function flipLiteral(literal: string, step?: number): string {
  const words: Readonly<Record<string, string>> = { True: 'False', False: 'True', true: 'false', false: 'true' }
  const other = words[literal]
  if (other !== undefined) return other
  if (/^(?:None|null|undefined)$/.test(literal)) return "'another value'"
  if (/^[bru]{0,2}['"`]/i.test(literal)) {
    const [start = '', mark = ''] = /^\w*('''|"""|['"`])/.exec(literal) ?? []
    return start + flipWords(literal.slice(start.length, -mark.length)) + mark
  }
  return flipNumber(literal.replaceAll('_', ''), step)
}

/** The last word has two letters more, the last number is another one. */
export function flipWords(text: string): string {
  const [last] = [...text.matchAll(/(?<![\\%$&#]|\\[ux]\w{0,8})(?:[a-z]+|\d+)(?!\w*\})/gi)].slice(-1)
  if (last === undefined) return `${text} another value`
  const [word] = last
  const more = /[a-z]$/.test(word) ? 'qz' : 'QZ'
  const other = /^\d/.test(word) ? flipNumber(word, undefined) : word + more
  return text.slice(0, last.index) + other + text.slice(last.index + word.length)
}

function flipNumber(digits: string, step: number | undefined): string {
  if (/^-?\d+$/.test(digits)) {
    const number = BigInt(digits)
    return String(number + (step === undefined ? BigInt(FAR) + absolute(number) / 2n : BigInt(step)))
  }
  const number = Number(digits)
  return String(number + (step === undefined ? FAR + Math.abs(number) / 2 : step) + 0.25)
}

function absolute(number: bigint): bigint {
  return number < 0n ? -number : number
}
