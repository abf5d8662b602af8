import { type Segment, SegmentBuilder } from './segment.ts'

const RUN = /^=== (?:RUN|CONT|NAME|PAUSE) +(\S+)/
const RESULT = /^( *)--- (PASS|FAIL|SKIP): (\S+)/
const PACKAGE = /^(?:ok|FAIL|---|\?) +\t?\S+\t/
const NOISE = /^(?:FAIL|PASS|exit status \d+)$/

/** go test: what a test logs stands above its result with -v, and below it without. */
export function readGo(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => RESULT.test(line) || /^(?:ok|FAIL) {0,2}\t\S+\t/.test(line))) return undefined
  const reader = new GoReader()
  for (const line of lines) reader.push(line)
  return reader.end()
}

class GoReader {
  readonly #builder = new SegmentBuilder()
  readonly #logged = new Map<string, string[]>()
  #current: string | undefined

  push(line: string): void {
    const [, started] = RUN.exec(line) ?? []
    const [, indent = '', result, name = ''] = RESULT.exec(line) ?? []
    if (started !== undefined) {
      this.#current = started
      this.#builder.add('noise', line)
    } else if (result !== undefined) {
      addResult(this.#builder, { line, indent, result, log: takeLog(this.#logged, name) })
      this.#current = undefined
    } else if (line.startsWith('panic: ')) this.#builder.begin(line)
    else this.#pushText(line)
  }

  /** A crash leaves tests without a result. */
  end(): Segment[] {
    for (const line of [...this.#logged.values()].flat()) this.#builder.add('text', line)
    return this.#builder.segments
  }

  #pushText(line: string): void {
    const isSummary = PACKAGE.test(line) || NOISE.test(line)
    if (isSummary) this.#builder.add(line.startsWith('ok ') ? 'pass' : NOISE.test(line) ? 'noise' : 'text', line)
    else if (this.#builder.isInRecord) this.#builder.continue(line)
    else if (this.#current === undefined) this.#builder.add('text', line)
    else this.#logged.set(this.#current, [...(this.#logged.get(this.#current) ?? []), line])
  }
}

interface Result {
  readonly line: string
  readonly indent: string
  readonly result: string
  readonly log: readonly string[]
}

function addResult(builder: SegmentBuilder, { line, indent, result, log }: Result): void {
  if (result !== 'FAIL') {
    if (indent === '' || !builder.isInRecord) builder.add('pass', line)
    return
  }
  if (indent === '' || !builder.isInRecord) builder.begin(line)
  else builder.continue(line)
  for (const logLine of log) builder.continue(logLine)
}

/** What a test has logged; its subtests have results of their own. */
function takeLog(logged: Map<string, string[]>, name: string): string[] {
  const log = logged.get(name) ?? []
  logged.delete(name)
  return log
}
