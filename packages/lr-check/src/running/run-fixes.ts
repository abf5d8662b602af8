import type { Io } from '@loop-runner/cli-kit'
import { asArgument, fillIn, type Plan } from '@loop-runner/checkers'
import { type Run, runPlan, type RunOptions } from './run-plan.ts'

/**
 * Lets the checkers that can repair the sources do so, one after the other, for each writes. What is left to say is the
 * checks' part: a fixer that ran is a pass, and has no score.
 */
export async function runFixes(plans: readonly Plan[], options: RunOptions, io: Io): Promise<Run[]> {
  const runs: Run[] = []
  for (const plan of plans) {
    if (plan.builtIn && plan.checker?.fix)
      io.warn(`${plan.checker.command[0]} is not installed, and the built-in checker in its place repairs nothing`)
    const fix = planFix(plan)
    if (!fix) continue
    const run = await runPlan(fix, { ...options, findings: false, baseline: undefined, cache: undefined }, io)
    const { pass, fail = [] } = plan.checker?.exit ?? { pass: [] }
    const outcome = [...pass, ...fail].includes(run.status) ? 'pass' : 'error'
    runs.push({ ...run, outcome, score: undefined })
  }
  return runs
}

function planFix({ argv: [program = ''], checker, files, folder, obstacle, builtIn }: Plan): Plan | undefined {
  if (!checker?.fix || obstacle || builtIn || files.length === 0) return undefined
  const argv = [program, ...fillIn(checker.fix.slice(1), '{files}', files.map(asArgument))]
  return { argv, folder, checker, files }
}
