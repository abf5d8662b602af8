import { cleanDiagnostics } from './tap-diagnostics.ts'
import { indentOf, isFile, type Segment } from './segment.ts'

const TEST = /^ *(not )?ok\b(?: +\d+)?(?: *-)?(?: +(.*))?$/
const DIRECTIVE = /# *(?:todo|skip)\b/i
const PLAN = /^ *\d+\.\.\d+/
/** The beginning and the end of a group whose tests stand inside, as Vitest writes them. */
const GROUP = /^ *(?:not )?ok \d+ .*\{$|^ *\}$/
const NOISE =
  /^ *(?:TAP version \d+|# (?:duration_ms .*|time=.*|(?:suites|cancelled|skipped|todo|skip) +\d+|Subtest: .*))$/

const SAYS_NOTHING = [GROUP, PLAN, NOISE]

/** A test line, with its diagnostics. */
interface Entry {
  readonly indent: number
  readonly failed: boolean
  /** Comments above it that name it. */
  readonly comments: readonly string[]
  readonly line: string
  readonly diagnostics: readonly string[]
}

/**
 * TAP of any producer: plain, with YAML diagnostics, with indented subtests, with lines of text below a failing test. A
 * failing test that holds failing subtests is no record of its own: its name is put in front of theirs.
 */
export function readTap(lines: readonly string[]): Segment[] | undefined {
  const tests = lines.filter((line) => /^ *(?:not )?ok \d+\b/.test(line)).length
  const isTap = lines.some((line) => /^TAP version \d+$/.test(line) || PLAN.test(line))
  if (tests === 0 || (!isTap && tests < 2)) return undefined
  const segments: Segment[] = []
  const open: { indent: number; at: number }[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    const { entry, next } = GROUP.test(line) ? { entry: undefined, next: at + 1 } : readEntry(lines, at)
    if (/^ *\}$/.test(line)) closeGroup(open, indentOf(line))
    if (entry) addEntry(entry, segments, open)
    else segments.push({ kind: SAYS_NOTHING.some((pattern) => pattern.test(line)) ? 'noise' : 'text', lines: [line] })
    at = next
  }
  return segments
}

/** The test that begins at a line: comments that stand directly above a test line belong to it. */
function readEntry(lines: readonly string[], at: number): { entry: Entry | undefined; next: number } {
  let first = at
  while (/^ *# /.test(lines[first] ?? '') && !isSummary(lines[first] ?? '')) first++
  const line = lines[first] ?? ''
  const match = TEST.exec(line)
  if (!match) return { entry: undefined, next: at + 1 }
  const failed = match[1] !== undefined && !DIRECTIVE.test(match[2] ?? '')
  const indented = endOfDiagnostics(lines, first + 1, indentOf(line))
  const end = failed && indented === first + 1 ? endOfComments(lines, indented) : indented
  const diagnostics = lines.slice(first + 1, end)
  return { entry: { indent: indentOf(line), failed, comments: lines.slice(at, first), line, diagnostics }, next: end }
}

function isSummary(line: string): boolean {
  return (
    /^ *# (?:tests|pass|fail|ok|skip|skipped|todo|cancelled|suites|duration_ms)\b *[\d.]*$/.test(line) ||
    /^# (?:\{|time=)/.test(line)
  )
}

/** Diagnostics are a block `---` to `...`, or lines that are indented further, until the next test, comment or plan. */
function endOfDiagnostics(lines: readonly string[], start: number, indent: number): number {
  if (/^ +---$/.test(lines[start] ?? '')) {
    const margin = indentOf(lines[start] ?? '')
    const end = lines.findIndex((line, at) => at > start && line.trim() === '...' && indentOf(line) <= margin)
    return end < 0 ? lines.length : end + 1
  }
  let end = start
  while (end < lines.length && isFurther(lines[end] ?? '', indent)) end++
  while (end > start && (lines[end - 1] ?? '').trim() === '') end--
  return end
}

/** Test::More and bats say in comments below a failing test how it failed; they are not those of the next test. */
function endOfComments(lines: readonly string[], start: number): number {
  const isOwn = (line: string) => /^ *#(?: |$)/.test(line) && !/# Subtest: /.test(line) && !isSummary(line)
  const length = lines.slice(start).findIndex((line) => !isOwn(line))
  return length < 0 ? lines.length : start + length
}

function isFurther(line: string, indent: number): boolean {
  return line.trim() === '' || (indentOf(line) > indent && !TEST.test(line) && !PLAN.test(line) && !/^ *# /.test(line))
}

/** The test that follows a group does not hold its tests. */
function closeGroup(open: { indent: number; at: number }[], indent: number): void {
  while ((open.at(-1)?.indent ?? 0) > indent) open.pop()
}

function addEntry(entry: Entry, segments: Segment[], open: { indent: number; at: number }[]): void {
  const { indent, failed, comments, line, diagnostics } = entry
  const children: number[] = []
  for (let last = open.at(-1); last && last.indent > indent; last = open.at(-1)) {
    children.push(last.at)
    open.pop()
  }
  if (!failed) {
    segments.push({ kind: isFile(nameOf(line)) ? 'text' : 'pass', lines: [...comments, line, ...diagnostics] })
    return
  }
  if (children.length > 0) {
    for (const at of children) {
      const child = segments[at]
      if (child) segments[at] = { kind: 'fail', lines: nameInFront(child.lines, nameOf(line)) }
      open.push({ indent, at })
    }
    segments.push({ kind: 'noise', lines: [line, ...diagnostics] })
    return
  }
  open.push({ indent, at: segments.length })
  const names = comments.filter((comment) => !/# Subtest: /.test(comment)).map((comment) => comment.trim())
  segments.push({ kind: 'fail', lines: [...names, line.trim(), ...cleanDiagnostics(diagnostics)] })
}

function nameOf(line: string): string {
  return (TEST.exec(line)?.[2] ?? '').replace(/ # time=.*$/, '')
}

function nameInFront(lines: readonly string[], name: string): string[] {
  return lines.map((line) => line.replace(/^(not ok \d+ (?:- )?)/, (start) => `${start}${name} > `))
}
