import { visibleText } from '@loop-runner/cli-kit'
import type { Part } from '@loop-runner/block-format'
import { contentsOf, readOutcome, ROLE, type RunParts, runsIn } from '@loop-runner/stage-protocol'

const LONGEST_LINE = 200
const LONGEST_NAME = 40
/** More failing runs are counted. */
const MOST_RUNS = 3

/**
 * What a failing check reports, in one line: for each failing run how many failures there are, and the first one with its
 * place. Empty if the runs print nothing.
 */
export function describeFailures(checked: readonly Part[]): string {
  const failing = runsOf(checked).filter(({ parts }) => !contentsOf(parts, ROLE.outcome).some(isPass))
  const told = failing.flatMap(({ command, parts }) => {
    const name = shortLine(command, LONGEST_NAME)
    const failure = [describeStop(parts), describeRun(parts)].filter((part) => part !== '').join(': ')
    return failure === '' && failing.length === 1 ? [] : [{ name, failure: failure || 'fails' }]
  })
  if (told.length <= 1) return told[0]?.failure ?? ''
  const more = told.length > MOST_RUNS ? [`${told.length - MOST_RUNS} more checks fail`] : []
  return [...told.slice(0, MOST_RUNS).map(({ name, failure }) => `${name}: ${failure}`), ...more].join('; ')
}

function isPass(outcome: string): boolean {
  return outcome.trim() === 'pass'
}

/** A check stage of the user's own may print no command line: then all of its output is one run. */
function runsOf(checked: readonly Part[]): RunParts[] {
  const runs = runsIn(checked)
  return runs.length > 0 ? runs : [{ command: '', parts: checked }]
}

/** `score: 0.25 a.md: no title`, as lr-score and check scripts print it; the score alone is shown elsewhere. */
const SCORE = /^\s*score:\s*[\d./]+%?\s*/i

/** The reason why a run was stopped, which the run itself could not report. */
const STOPPED = { timeout: 'did not end in time (--check-timeout)', killed: 'was killed' } as const

/** How the first run ended that was stopped from outside; empty if each came to its own end. */
export function describeStop(parts: readonly Part[]): string {
  const outcomes = contentsOf(parts, ROLE.outcome).map((content) => readOutcome(content)?.outcome)
  const found = outcomes.find((outcome) => outcome === 'timeout' || outcome === 'killed')
  return found === undefined ? '' : STOPPED[found]
}

/** A mark of lr-check for omitted output. */
const LEFT_OUT = /^\[… .* …\]$/

/** The line by which lr-check reports a changed file. */
const TAMPERING = /^lr-check: tampered: /

function isTampered(parts: readonly Part[]): boolean {
  return contentsOf(parts, ROLE.outcome).some((outcome) => readOutcome(outcome)?.doubt === 'tampered')
}

function describeRun(parts: readonly Part[]): string {
  const printed = linesOf([...contentsOf(parts, ROLE.stdout), ...contentsOf(parts, ROLE.stderr)])
  const scored = printed.filter((line) => SCORE.test(line)).map((line) => line.replace(SCORE, ''))
  const findings = [...linesOf(contentsOf(parts, ROLE.findings)), ...scored.filter((line) => line !== '')]
  const tampering = printed.find((line) => TAMPERING.test(line))
  // The test output of such a run proves nothing.
  if (tampering !== undefined && isTampered(parts)) return shortLine(tampering.replace(TAMPERING, 'tampered: '))
  if (findings.length > 0) return firstOf(findings)
  return describeOutput(printed.filter((line) => !SCORE.test(line) && !LEFT_OUT.test(line)))
}

/** How a test runner begins a failure. */
const FAILURE = /^\s*(?:not ok \d+|(?:FAIL|FAILED|ERROR)[: ]+\S|--- FAIL|[✖✗×] )/
/** How pytest heads a failure where it prints no list of them. */
const HEADING = /^_{3,} (\w.*?)(?: _{3,})?$/
/** Why a test of pytest fails. */
const REASON = /^E\s+(\S.*)/
/** A finding as compilers and linters print it: `a.py:3:1: unused import`. */
const PLACED = /^\s*[\w@.+~/-]+\.\w+:\d+(?::\d+)?: \S/
/** A time that lr-check has taken out. */
const MASKED_TIME = / in …(?= |$)/
/** The summary line of other tools, before times and numbers of passed tests. */
const SPEAKS_OF_FAILURE = /\bnot ok\b|\bfail|\berror/i
const PLACE = /(?:^|[\s('"])([\w@.+~/-]+\.\w+:\d+(?::\d+)?)/
const PYTHON_PLACE = /File "([^"]+)", line (\d+)/
/** A place further below belongs to something else. */
const LINES_TO_PLACE = 12

function describeOutput(lines: readonly string[]): string {
  const at = firstFailure(lines)
  const first = lines[at]
  const failures = countFailures(lines)
  if (first === undefined) return describeOther(lines)
  const near = lines.slice(at, at + LINES_TO_PLACE)
  const place = near.map(placeIn).find((found) => found !== undefined)
  const where = place === undefined || first.includes(place) ? '' : ` (${place})`
  return (failures === undefined ? '' : `${failures} failed: `) + shortLine(titleOf(first, near)) + shortLine(where)
}

function firstFailure(lines: readonly string[]): number {
  const at = lines.findIndex((line) => FAILURE.test(line))
  return at === -1 ? lines.findIndex((line) => HEADING.test(line)) : at
}

function titleOf(first: string, near: readonly string[]): string {
  const [, name] = HEADING.exec(first) ?? []
  if (name === undefined) return first
  const reason = near.map((line) => REASON.exec(line)?.[1]).find((found) => found !== undefined)
  return reason === undefined ? name : `${name}: ${reason}`
}

/** Output in which no test fails. */
function describeOther(lines: readonly string[]): string {
  const said = lines.findLast((line) => SPEAKS_OF_FAILURE.test(line))
  const placed = lines.filter((line) => PLACED.test(line))
  if (placed.length > 1) return firstOf(placed)
  return shortLine((said ?? placed[0] ?? lines.at(-1) ?? '').replace(MASKED_TIME, ''))
}

function firstOf(findings: readonly string[]): string {
  const [first = ''] = findings
  return shortLine(first) + (findings.length > 1 ? ` (and ${findings.length - 1} more)` : '')
}

function placeIn(line: string): string | undefined {
  const [, file, number] = PYTHON_PLACE.exec(line) ?? []
  return file === undefined ? PLACE.exec(line)?.[1] : `${file}:${number}`
}

/** Of the last line that counts failures, as test runners print it. */
const COUNTS = [/^(?:#|ℹ) fail (\d+)$/, /\b(\d+) failed\b/i, /\bfailures=(\d+)/, /^\s*(\d+) failing$/]

function countFailures(lines: readonly string[]): number | undefined {
  for (const line of lines.toReversed()) {
    const count = COUNTS.map((pattern) => pattern.exec(line)?.[1]).find((found) => found !== undefined)
    if (count !== undefined) return Number(count)
  }
  return undefined
}

function linesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
}

function shortLine(line: string, longest = LONGEST_LINE): string {
  const text = visibleText(line.slice(0, longest).replaceAll('\t', ' '))
  return text.startsWith(' (') ? text : text.trim()
}
