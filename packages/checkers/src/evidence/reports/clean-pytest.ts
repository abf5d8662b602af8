/** The title of a failure: as wide as the terminal, with one `_` on each side if the name is wider. Not a line between frames. */
export const PYTEST_TITLE = /^_+ (?!_(?: |$))(.*) _+$/
const VALUES = /^\w+ = ./
const LOCATION = /^(\S+:\d+): ?(\w*)$/
const FRAME = /^\S+:\d+: in \S+$/
const HEAD = /^(?:async )?def (\w+)\(.*\):$/
const CAPTION = /^-+ Captured /
const DIFFERENCE = /^E {5}([-+?])(.*)$/
const ADVICE = /^E +(?:Use -v to get more diff|\.\.\.Full output truncated .*)$/
/** pytest itself leaves the name out if the assertion says nothing else. */
const NAMED_ASSERTION = /(?<=^E +)AssertionError: (?=assert )/

/** The cases of parametrised tests: what an earlier case says already is not repeated. */
export class PytestCases {
  readonly #locations = new Set<string>()
  readonly #frames = new Set<string>()
  readonly #remarks = new Set<string>()

  /** @param lines of a record, with its title */
  shorten([title = '', ...lines]: readonly string[]): string[] {
    const [, name = ''] = PYTEST_TITLE.exec(title) ?? []
    const [, test = name, id = ''] = /^(.*?)\[(.*)\]$/s.exec(name) ?? []
    const end = lines.findIndex((line) => CAPTION.test(line))
    const own = end < 0 ? lines : lines.slice(0, end)
    const captured = end < 0 ? [] : lines.slice(end)
    const isCase = id !== ''
    const said = dropDifferences(isCase ? dropParameters(dropSpelledValues(own, id)) : own)
    const level = dropIndent(this.#dropRepeats(said, test))
    const shorter = dropBlanks(dropSameFrames(isCase ? level : dropHead(level, test)))
    return [title, ...shorter.map((line) => line.replace(NAMED_ASSERTION, '')), ...captured]
  }

  /** What stands above: lines of code of frames; the place of an earlier case of the same test, and pytest's remark on it. */
  #dropRepeats(lines: readonly string[], test: string): string[] {
    const message = lines.filter((line) => line.startsWith('E ')).join('\n')
    return lines.flatMap((line, at) => {
      if (line.startsWith('!!! ')) return this.#isNew(this.#remarks, `${test} ${line}`) ? [line] : []
      const frame = FRAME.exec(lines[at - 1] ?? '')
      if (frame && line.startsWith('    ')) return this.#isNew(this.#frames, `${frame[0]}\n${line}`) ? [line] : []
      const [, place, error = ''] = LOCATION.exec(line) ?? []
      if (place === undefined) return [line]
      if (!this.#isNew(this.#locations, `${test} ${place} ${error}`)) return []
      return [isSaid(error, message) ? place : line]
    })
  }

  #isNew(seen: Set<string>, text: string): boolean {
    const { size } = seen
    return seen.add(text).size > size
  }
}

/** pytest leaves the name of an AssertionError out before "assert". */
function isSaid(error: string, message: string): boolean {
  return message.includes(error) || (error === 'AssertionError' && /^E +assert /m.test(message))
}

/** The list of all cases above a test: those that fail stand below with their values. */
function dropParameters(lines: readonly string[]): string[] {
  let isInside = false
  return lines.filter((line) => {
    if (/^ {4}(?:@|(?:async )?def )/.test(line)) isInside = /^ {4}@(?:pytest\.)?mark\.parametrize\b/.test(line)
    else if (/^(?:>|E )/.test(line)) isInside = false
    return !isInside
  })
}

/** `left = 13, right = 13` of the case `[13-13]` */
function dropSpelledValues(lines: readonly string[], id: string): string[] {
  const start = lines.findIndex((line) => line !== '')
  const length = lines.slice(start).findIndex((line) => !VALUES.test(line))
  const end = start + Math.max(0, length)
  const values = lines
    .slice(start, end)
    .flatMap((line) => line.split(/, (?=\w+ = )/))
    .map((pair) => pair.replace(/^\w+ = /, '').replace(/^'(.*)'$/, '$1'))
  return values.join('-') === id ? [...lines.slice(0, start), ...lines.slice(end)] : [...lines]
}

/** The comparison of two values that the assertion spells in full, and advice on pytest's options. */
function dropDifferences(lines: readonly string[]): string[] {
  const differences = lines.flatMap((line) => DIFFERENCE.exec(line)?.slice(1) ?? [])
  const spelled = lines.filter((line) => /^E .*\bassert .* == /.test(line)).join('\n')
  // Of texts of several lines a comparison says more.
  const isShort = !/\.\.\.|\\n/.test(spelled)
  const isSpelled = (text: string) => text.trim() !== '' && isShort && spelled.includes(text.slice(1))
  const texts = differences.flatMap((sign, at) => (/^[-+]$/.test(sign) ? [differences[at + 1] ?? ''] : []))
  const isHeld = texts.length <= 2 && texts.every(isSpelled)
  const kept = lines.filter((line) => !ADVICE.test(line) && !(isHeld && DIFFERENCE.test(line)))
  // pytest puts a blank line between an assertion and what it adds to it, and before advice.
  const isAdded = (at: number) => /^E +(?:(?:\w+: )?assert |\+ +where )/.test(kept[at - 1] ?? '')
  return kept.filter((line, at) => line !== 'E' || ((kept[at + 1] ?? '').startsWith('E ') && !isAdded(at)))
}

/** pytest indents functions; what stands below a frame stays indented. */
function dropIndent(lines: readonly string[]): string[] {
  let isFunction = false
  return lines.map((line) => {
    if (/^ {4}(?:@|(?:async )?def )/.test(line)) isFunction = true
    else if (!/^(?: {4}|>|$)/.test(line)) isFunction = false
    return isFunction ? line.replace(/^(>?) {4}/, '$1') : line
  })
}

/** The first line of a function that the title names; that of a case has the names of its values. */
function dropHead(lines: readonly string[], test: string): string[] {
  const head = lines.findIndex((line) => /^(?:@|(?:async )?def )/.test(line))
  const [, name] = HEAD.exec(lines[head] ?? '') ?? []
  return lines.filter((_line, at) => at !== head || name === undefined || name !== /\w*$/.exec(test)?.[0])
}

/** Frames of a recursion, whose code stands above. */
function dropSameFrames(lines: readonly string[]): string[] {
  return lines.filter((line, at) => !FRAME.test(line) || line !== lines[at - 1])
}

/** Blank lines anywhere but in code. */
function dropBlanks(lines: readonly string[]): string[] {
  const isCode = (line: string | undefined) => /^(?: {4}|>|def |async def |@)/.test(line ?? '')
  return lines.filter((line, at) => line.trim() !== '' || (isCode(lines[at - 1]) && isCode(lines[at + 1])))
}
