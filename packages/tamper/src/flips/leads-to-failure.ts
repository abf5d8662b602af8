/** How a script says where, or with which options, it runs. */
const ASKS_WHERE =
  /\$(?:#|[1-9@*])|\bargv\b|\bargc\b|\$\{?(?:CI|OSTYPE|OS|TERM|DEBUG|VERBOSE)\b|\buname\b|\benv(?:iron)?\b|\bENV\b|__name__|\bskip\w*\b|\btodo\b|\btypeof\b|\bplatform\b|\bversions?\b/

/** How a failure is reported. */
const FAILS =
  /\b(?:fail\w*|wrong|bad|not ok|die|throw|raise|abort|panic|assert\w*|err(?:or)?s?\w*|fatal\w*|exit[ (]+[1-9$]|return[ (]+(?:-?[1-9]|false)|(?:rc|ret|code|status|result|ok|bad)\s*=)/i

/** A variable that counts failures, or an exit code: the value that it is compared with decides what a failure is. */
const IS_RESULT =
  /\$\?|\b(?:fail\w*|err\w*|status|rc|ret|retval|code|exit\w*|bad|wrong|count\w*|num\w*|total|passed|result)\}?["\])]*\s+?(?:[=!]==?|-eq|-ne|eq|ne|=)\s/i

const NEGATED = /!==?|<>|\s-ne\s|\sne\s/
const CONDITION = /^\s*(?:\}?\s*else\s*)?(?:if|elif|elsif|elseif)\b|[\w")\]]\s+if\s/
const CHAIN = /&&(?!\s*(?:\[|test\b))/

/**
 * Whether a line compares so that other values are a failure: an assertion does, and a condition on a difference if a failure
 * follows. Any other condition chooses what to do: the platform, an option.
 *
 * @param next the lines that follow
 */
export function leadsToFailure(line: string, next: readonly string[]): boolean {
  if (ASKS_WHERE.test(line) || IS_RESULT.test(line)) return false
  const isNegated = NEGATED.test(line)
  const near = branchOf(line, next).slice(0, 4)
  if (/\bunless\b/.test(line)) return !isNegated && near.some((each) => FAILS.test(each))
  if (CONDITION.test(line) || (CHAIN.test(line) && !line.includes('||')))
    return isNegated ? near.some((each) => FAILS.test(each)) : failsElse(line, next)
  return !isNegated
}

/** Whether a line asserts something, or is a condition whose own branch reports a failure. */
export function reportsFailure(line: string, next: readonly string[]): boolean {
  return asserts(line) || (CONDITION.test(line) && branchOf(line, next).some((each) => FAILS.test(each)))
}

/** Whether a line asserts something, or reports a failure. */
export function asserts(words: string): boolean {
  const line = words.replaceAll(/\s--?[\w-]+/g, '')
  if (IS_RESULT.test(line)) return false
  return (
    /\b(?:\w*assert\w*|expect\w*|must_\w+|should|cmp|diff|ok|is)\b|^\s*(?:\[|test\s)/i.test(line) || FAILS.test(line)
  )
}

/** How a function begins in many languages; the name is its group. */
const FUNCTION =
  /^\s*(?:(?:export |public |private |static |local |async )*(?:function|def|sub|func|fn|void|int|bool|boolean)\s+(\w+)|(\w+)\s*\(\s*\)\s*\{|#\s*define\s+(\w+)\()/

/** The functions of a text that report a failure or compare their arguments: names of more than one letter. */
export function helpersIn(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const name = FUNCTION.exec(line)
      ?.slice(1)
      .find((each) => each !== undefined)
    if (name === undefined || name.length < 2 || name === 'main' || /^test/i.test(name)) return []
    const body = bodyAfter(lines, index)
    const isHelper =
      body.some((each) => FAILS.test(each.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), ''))) ||
      comparesParameters(line, body)
    return isHelper ? [name] : []
  })
}

/** Two of its own parameters: `"$1" = "$2"`, `got !== want`. */
function comparesParameters(line: string, body: readonly string[]): boolean {
  const names = /\(([^()]*)\)/.exec(line)?.[1]?.match(/[$\w]+(?=\s*(?:[,:=]|$))/g) ?? []
  const places = [String.raw`\$\{?[1-9]\}?`, ...names.map((name) => name.replace('$', String.raw`\$`))]
  const parameter = `["']?(?:${places.join('|')})["']?`
  const pattern = new RegExp(String.raw`(?<![\w.])${parameter}\s*(?:[=!]==?|=|-eq|-ne|eq|ne)\s*${parameter}(?![\w.(])`)
  return body.some((each) => pattern.test(each))
}

/** The first lines of a function, to one that is not indented. */
function bodyAfter(lines: readonly string[], index: number): string[] {
  const rest = lines.slice(index + 1, index + 12)
  const [first = ''] = lines.slice(index)
  const end = rest.findIndex((line) => /^\S/.test(line))
  const indent = /^\s*/.exec(first)?.[0] ?? ''
  const own = rest.findIndex((line) => line === `${indent}}`)
  const ends = [end, own, rest.length].filter((at) => at >= 0)
  return [first, ...rest.slice(0, Math.min(...ends))]
}

function failsElse(line: string, next: readonly string[]): boolean {
  const branch = branchOf(line, next)
  const others = next.slice(branch.length - 1)
  const lines = /^\s*\}?\s*else\b|^\s*\|\|/.test(others[0] ?? '') ? [...branch, ...others] : branch
  const at = lines.findIndex((each) => /\belse\b|\|\|/.test(each))
  return at >= 0 && lines.slice(at, at + 3).some((each) => FAILS.test(each.replace(/^.*\belse\b/, '')))
}

/** A line with its block: the lines indented more, and continuation lines of the condition. */
function branchOf(line: string, next: readonly string[]): string[] {
  const indent = indentOf(line)
  const goesOn = /(?:\|\||&&|[,(\\])\s*$/
  const end = next.findIndex((each, index) => {
    const isOwn = indentOf(each) > indent || each.trim() === '' || /^\s*(?:then|\{|\|\|.*|&&.*)\s*$/.test(each)
    return !isOwn && !goesOn.test(next[index - 1] ?? line)
  })
  return [line, ...next.slice(0, end < 0 ? next.length : end)]
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
