import {
  baselineOf,
  dropForeignFrames,
  kindOf,
  runsCode,
  shapeText,
  type TestReport,
  type TestResult,
} from '@loop-runner/checkers'
import { applyBaseline } from '../running/apply-baseline.ts'
import type { Run } from '../running/run-plan.ts'
import type { KnownRun } from './known-record.ts'
import { testsOf } from './tests-of.ts'

/**
 * A run by what is new in it. Tests pass if no other test fails than those known to fail, and every known test is still
 * there; of a linter, known findings are left out. A run of tests that are not named, in a report or in TAP, stays as it is.
 *
 * @param cwd the working directory, to which paths in messages are relative
 */
export function applyKnown(run: Run, known: KnownRun, cwd: string): Run {
  if (run.outcome !== 'fail' && run.outcome !== 'pass') return run
  const report = testsOf(run)
  if (report && known.tests) return applyToTests(run, report, known, cwd)
  return runsCode(kindOf(run.plan)) ? run : applyBaseline(run, baselineOf(known.findings))
}

function applyToTests(run: Run, report: TestReport, known: KnownRun, cwd: string): Run {
  const failed = report.tests.filter(({ outcome }) => outcome === 'failed')
  const more = moreOf(namesOf(failed), known.failed)
  const failing = failed.filter(({ name }) => more.has(name))
  const gone = [...moreOf(known.tests ?? [], namesOf(report.tests))]
  const leftOut = mark(failed.length - failing.length)
  const others = report.otherFailures - known.otherFailures
  if (failing.length + gone.length === 0 && others <= 0) return passed(run, leftOut)
  // Without the name of a test, only the whole output describes the failure.
  if (failing.length + gone.length === 0) return { ...run, outcome: 'fail' }
  const lines = gone.map((name) => `lr-check: test "${name}": known, but missing now\n`)
  const total = Math.max(1, report.tests.length + gone.length)
  return {
    ...run,
    outcome: 'fail',
    stdout: shapeText(failing.map(writeTest).join(''), cwd, run.plan.checker) + leftOut,
    stderr: lines.join(''),
    score: { score: Math.min(0.9999, 1 - (failing.length + gone.length) / total), deficiencies: [] },
  }
}

function passed(run: Run, leftOut: string): Run {
  if (leftOut === '') return run
  return { ...run, outcome: 'pass', stdout: leftOut, stderr: '', score: { score: 1, deficiencies: [] } }
}

function namesOf(tests: readonly TestResult[]): string[] {
  return tests.map(({ name }) => name)
}

/** The names that occur more often than before: several tests may share a name, and cannot be told apart. */
function moreOf(names: readonly string[], before: readonly string[]): ReadonlySet<string> {
  const left = new Map<string, number>()
  for (const name of before) left.set(name, (left.get(name) ?? 0) + 1)
  const more = new Set<string>()
  for (const name of names) {
    const count = left.get(name) ?? 0
    if (count === 0) more.add(name)
    else left.set(name, count - 1)
  }
  return more
}

function writeTest({ name, message = '' }: TestResult): string {
  const text = dropForeignFrames(message.trimEnd().split('\n')).join('\n')
  return `FAILED ${name}\n${text === '' ? '' : `${text}\n`}\n`
}

function mark(count: number): string {
  return count === 0 ? '' : `[… ${count} known failing ${count === 1 ? 'test' : 'tests'} left out …]\n`
}
