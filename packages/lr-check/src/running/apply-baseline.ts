import { type Baseline, kindOf, onlyNew, runsCode, writeFinding } from '@loop-runner/checkers'
import type { Run } from './run-plan.ts'

/**
 * A run by what is new in it: known findings are left out, and one that has no others passes. Tests and scripts, and
 * runs whose findings cannot be read, stay as they are.
 */
export function applyBaseline(run: Run, baseline: Baseline): Run {
  const { plan, outcome, findings = [] } = run
  if (outcome !== 'fail' || runsCode(kindOf(plan)) || findings.length === 0) return run
  const left = onlyNew(findings, baseline)
  const known = findings.length - left.length
  if (known === 0) return run
  const mark = `[… ${known} known ${known === 1 ? 'finding' : 'findings'} left out …]\n`
  return {
    ...run,
    outcome: left.length === 0 ? 'pass' : 'fail',
    // The output of the checker is about all of them.
    stdout: left.map(writeFinding).join('') + mark,
    stderr: '',
    score: left.length === 0 ? { score: 1, deficiencies: [] } : run.score,
    findings: left,
  }
}
