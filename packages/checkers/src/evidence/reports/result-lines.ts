import { type ReadReport, type Segment, SegmentBuilder } from './segment.ts'

/** A report in which what a test prints, and how it failed, stands above the line with its result. */
interface ResultFormat {
  /** A line that only this format has. */
  readonly signature: RegExp
  readonly pass: RegExp
  readonly fail: RegExp
  /** A line that begins a test; without one, a test begins below the last result. */
  readonly begin?: RegExp
  /** What belongs to no test. */
  readonly outside: RegExp
  readonly noise: RegExp
}

const FORMATS: readonly ResultFormat[] = [
  // bun test
  {
    signature: /^bun test v\d/,
    pass: /^(?:\(pass\)|\(skip\)|\(todo\)|»|✓) /,
    fail: /^(?:\(fail\)|✗) /,
    outside:
      /^(?:bun test v.*|\S+\.[cm]?[jt]sx?:|\d+ tests? failed:| *\d+ (?:pass|fail|skip|todo|expect\(\) calls|errors?)|Ran \d+ tests? across .*)$/,
    noise: /^(?:\.+|\d+ tests? failed:| *\d+ expect\(\) calls)$/,
  },
  // GoogleTest
  {
    signature: /^\[ RUN {6}\] /,
    begin: /^\[ RUN {6}\] /,
    pass: /^\[ {7}OK \] |^\[ {2}SKIPPED \] \S+ \([\d…]/,
    fail: /^\[ {2}FAILED {2}\] \S.*\((?:\d+ ms|…)\)$/,
    outside: /^\[[-= ]+\]|^\[ {2}(?:PASSED|FAILED|SKIPPED) {2}?\] /,
    noise:
      /^\[[-=]+\]|^\[ {2}(?:PASSED|FAILED) {2}\] \d+ tests?|^\[ {2}FAILED {2}\] \S+$|^Running main\(\)|^Note: Google Test/,
  },
  // XCTest
  {
    signature: /^Test Case '.*' started/,
    begin: /^Test Case '.*' started/,
    pass: /^Test Case '.*' (?:passed|skipped) \(/,
    fail: /^Test Case '.*' failed \(/,
    outside: /^Test Suite '|^\t Executed \d+ tests?/,
    noise: /^Test Suite '/,
  },
]

export const RESULT_FORMATS: readonly ReadReport[] = FORMATS.map((format) => (lines) => readResults(format, lines))

function readResults(format: ResultFormat, lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => format.signature.test(line))) return undefined
  const reader = new ResultReader(format)
  for (const line of lines) reader.push(line)
  return reader.end()
}

class ResultReader {
  readonly #format: ResultFormat
  readonly #builder = new SegmentBuilder()
  readonly #failed = new Set<string>()
  #above: string[] = []
  #isInTest: boolean

  constructor(format: ResultFormat) {
    this.#format = format
    this.#isInTest = format.begin === undefined
  }

  push(line: string): void {
    const { begin, outside, pass, fail } = this.#format
    if (fail.test(line)) this.#endTest('fail', line)
    else if (pass.test(line)) this.#endTest('pass', line)
    else if (begin?.test(line)) {
      this.#putOutside()
      this.#builder.add('noise', line)
      this.#isInTest = true
    } else if (outside.test(line)) {
      this.#putOutside()
      this.#add(line)
    } else if (this.#isInTest) this.#above.push(line)
    else this.#add(line)
  }

  end(): Segment[] {
    this.#putOutside()
    return this.#builder.segments
  }

  /** A runner may name its failures again at the end. */
  #endTest(kind: 'pass' | 'fail', line: string): void {
    if (kind === 'pass') this.#builder.add('pass', line)
    else if (this.#failed.has(line)) this.#builder.add('noise', line)
    else {
      this.#builder.begin(line)
      for (const detail of this.#above) if (!/^\.+$/.test(detail)) this.#builder.continue(detail)
      this.#failed.add(line)
    }
    this.#above = []
    this.#isInTest = this.#format.begin === undefined
  }

  #putOutside(): void {
    for (const line of this.#above) this.#add(line)
    this.#above = []
  }

  #add(line: string): void {
    this.#builder.add(this.#format.noise.test(line) ? 'noise' : 'text', line)
  }
}
