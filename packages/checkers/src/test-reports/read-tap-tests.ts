import type { TestReport, TestResult } from './test-report.ts'

const TEST = /^( *)(not )?ok\b(?: +(\d+))?(?: *-)?(?: +(.*))?$/
const DIRECTIVE = /\s*#\s*(skip|todo)\b.*$/i
const MOST_LINES = 50

interface Entry extends TestResult {
  readonly indent: number
}

/**
 * The tests in what a check printed in the Test Anything Protocol (TAP 14). Subtests stand before the test that holds them,
 * and further in; it gives them its name, and is a test of its own only if it fails and none of them does.
 */
export function readTapTests(text: string): TestReport {
  const tests: Entry[] = []
  let otherFailures = 0
  const lines = text.split('\n')
  const starts = lines.flatMap((line, at) => (TEST.test(line) ? [at] : []))
  for (const [index, start] of starts.entries()) {
    const entry = readEntry(lines, start, starts[index + 1] ?? lines.length)
    const first = tests.findLastIndex(({ indent }) => indent <= entry.indent) + 1
    const inside = tests
      .splice(first)
      .map((test) => ({ ...test, indent: entry.indent, name: `${entry.name} > ${test.name}` }))
    tests.push(...(inside.length === 0 ? [entry] : inside))
    const isExplained = inside.length === 0 || inside.some(({ outcome }) => outcome === 'failed')
    if (entry.outcome === 'failed' && !isExplained) otherFailures++
  }
  return { tests: tests.map(({ indent: _indent, ...test }) => test), otherFailures }
}

function readEntry(lines: readonly string[], start: number, end: number): Entry {
  const [, margin, not, number, rest = ''] = TEST.exec(lines[start] ?? '') ?? []
  const outcome = outcomeOf(not === undefined, DIRECTIVE.exec(rest)?.[1]?.toLowerCase())
  return {
    indent: margin?.length ?? 0,
    name: rest.replace(DIRECTIVE, '').trim() || ['test', number].join(' ').trim(),
    outcome,
    message:
      outcome === 'failed' ? lines.slice(start + 1, Math.min(end, start + 1 + MOST_LINES)).join('\n') : undefined,
  }
}

/** A test that is still to be written may fail. */
function outcomeOf(isOk: boolean, directive: string | undefined): TestResult['outcome'] {
  if (directive === 'skip' || (directive === 'todo' && !isOk)) return 'skipped'
  return isOk ? 'passed' : 'failed'
}
