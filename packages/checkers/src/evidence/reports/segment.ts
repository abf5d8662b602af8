/** A stretch of a report: a failing test, passing tests, lines that repeat something, or any other text. */
export interface Segment {
  readonly kind: 'fail' | 'pass' | 'noise' | 'text'
  readonly lines: readonly string[]
}

/** Reads a report of one test runner; undefined if the lines are no such report. */
export type ReadReport = (lines: readonly string[]) => Segment[] | undefined

/** What task runners print when the test runner has ended. */
const AFTER_RUNNER = /^(?:npm (?:ERR!|error)|g?make(?:\[\d+\])?: \*\*\* |error Command failed| ?ELIFECYCLE )/

/** A report in which each failure begins with a line of its own. */
export interface RecordFormat {
  /** A line that only this format has. */
  readonly signature: RegExp
  /** Records begin only below such a line; without it, anywhere. */
  readonly begins?: RegExp
  readonly start: RegExp
  /** A line that no longer belongs to a record. */
  readonly end: RegExp
  readonly pass: RegExp
  /** Lines that say nothing. */
  readonly noise: RegExp
  /** Between such lines records are repeated. */
  readonly repeats?: { readonly begins: RegExp; readonly ends: RegExp }
  /** Lines that name a failure; records repeat it, unless the run was cut short before them. */
  readonly listed: RegExp
}

/** Splits a report of a format into its failures, passing tests and the rest. */
export function splitRecords(format: RecordFormat, lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => format.signature.test(line))) return undefined
  const { begins } = format
  const hasRecords = lines.some((line) => format.start.test(line))
  const repeated = hasRecords ? repeatedLines(format, lines) : new Set<number>()
  const first = begins ? lines.findIndex((line) => begins.test(line)) : -1
  const builder = new SegmentBuilder()
  for (const [at, line] of lines.entries()) {
    if (repeated.has(at) || begins?.test(line)) builder.add('noise', line)
    else if (at > first && format.start.test(line)) builder.begin(line)
    else if (builder.isInRecord && goesOn(line, format, hasRecords)) builder.continue(line)
    else addOutside(builder, line, format, hasRecords)
  }
  return builder.segments
}

function goesOn(line: string, { end }: RecordFormat, hasRecords: boolean): boolean {
  return hasRecords && !end.test(line) && !AFTER_RUNNER.test(line)
}

/** The numbers of the lines between those that begin and end a list of what failed. */
function repeatedLines({ repeats }: RecordFormat, lines: readonly string[]): ReadonlySet<number> {
  const repeated = new Set<number>()
  let isInside = false
  for (const [at, line] of lines.entries()) {
    isInside = repeats?.begins.test(line) === true || (isInside && repeats?.ends.test(line) === false)
    if (isInside) repeated.add(at)
  }
  return repeated
}

function addOutside(builder: SegmentBuilder, line: string, format: RecordFormat, hasRecords: boolean): void {
  const isListed = format.listed.test(line)
  if (format.pass.test(line)) builder.addPass(line)
  else if (isListed && !hasRecords) builder.begin(line)
  else builder.add(isListed || format.noise.test(line) ? 'noise' : 'text', line)
}

/** Collects segments line by line. */
export class SegmentBuilder {
  readonly segments: { kind: Segment['kind']; lines: string[] }[] = []
  isInRecord = false

  /** Begins a failing record, or goes on with one that consists of titles only: several tests with the same error. */
  begin(line: string): void {
    const last = this.segments.at(-1)
    if (this.isInRecord && last?.lines.length === 1 && /^ FAIL {2}/.test(line)) last.lines.push(line)
    else this.segments.push({ kind: 'fail', lines: [line] })
    this.isInRecord = true
  }

  continue(line: string): void {
    this.segments.at(-1)?.lines.push(line)
  }

  add(kind: 'noise' | 'text' | 'pass', line: string): void {
    this.isInRecord = false
    const last = this.segments.at(-1)
    if (last?.kind === kind && kind !== 'pass') last.lines.push(line)
    else this.segments.push({ kind, lines: [line] })
  }

  /** A passing test; headings of suites directly above it go with it. */
  addPass(line: string): void {
    this.takeHeadings(indentOf(line))
    this.add('pass', line)
  }

  /** Takes the lines at the end of text, blank ones between them, each of which is indented less than what follows it. */
  takeHeadings(below: number): string[] {
    const last = this.segments.at(-1)
    return last?.kind === 'text' ? takeHeadings(last.lines, below) : []
  }
}

function takeHeadings(lines: string[], below: number): string[] {
  const at = lines.findLastIndex((line) => line.trim() !== '')
  const above = lines[at] ?? ''
  const indent = indentOf(above)
  if (indent === 0 || indent >= below) return []
  lines.splice(at)
  return [...takeHeadings(lines, indent), above]
}

/** Whether a test is named like a file: node --test counts a file that ends without a test as one that passes. */
export function isFile(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name)
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
