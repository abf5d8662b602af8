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

/**
 * A run by what is new in it. Tests pass if no other test fails than those known to fail, and every known test is still
 * there; of a linter, known findings are left out. A run that has neither a report nor findings stays as it is.
 *
 * @param cwd the working directory, to which paths in messages are relative
 */
export function applyKnown(run: Run, known: KnownRun, cwd: string): Run {
  if (run.outcome !== 'fail' && run.outcome !== 'pass') return run
  if (run.report && known.tests) return applyToTests(run, run.report, known, cwd)
  return runsCode(kindOf(run.plan)) ? run : applyBaseline(run, baselineOf(known.findings))
}

function applyToTests(run: Run, report: TestReport, known: KnownRun, cwd: string): Run {
  const isKnown = new Set(known.failed)
  const failing = report.tests.filter(({ outcome, name }) => outcome === 'failed' && !isKnown.has(name))
  const gone = missing(known.tests ?? [], report)
  const others = report.otherFailures - known.otherFailures
  if (failing.length + gone.length === 0 && others <= 0) return passed(run, report, isKnown)
  // Without a test to name, only the whole output says what is wrong.
  if (failing.length + gone.length === 0) return { ...run, outcome: 'fail' }
  const lines = gone.map((name) => `lr-check: test "${name}": known, but missing now\n`)
  const total = Math.max(1, report.tests.length + gone.length)
  return {
    ...run,
    outcome: 'fail',
    stdout: shapeText(failing.map(writeTest).join(''), cwd, run.plan.checker) + mark(report, isKnown),
    stderr: lines.join(''),
    score: { score: Math.min(0.9999, 1 - (failing.length + gone.length) / total), deficiencies: [] },
  }
}

function passed(run: Run, report: TestReport, isKnown: ReadonlySet<string>): Run {
  const text = mark(report, isKnown)
  if (text === '') return run
  return { ...run, outcome: 'pass', stdout: text, stderr: '', score: { score: 1, deficiencies: [] } }
}

function missing(names: readonly string[], { tests }: TestReport): string[] {
  const present = new Set(tests.map(({ name }) => name))
  return names.filter((name) => !present.has(name))
}

function writeTest({ name, message = '' }: TestResult): string {
  const text = dropForeignFrames(message.trimEnd().split('\n')).join('\n')
  return `FAILED ${name}\n${text === '' ? '' : `${text}\n`}\n`
}

function mark({ tests }: TestReport, isKnown: ReadonlySet<string>): string {
  const count = tests.filter(({ outcome, name }) => outcome === 'failed' && isKnown.has(name)).length
  return count === 0 ? '' : `[… ${count} known failing ${count === 1 ? 'test' : 'tests'} left out …]\n`
}
