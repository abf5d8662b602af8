import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { exitStatusOf } from './exit-status-of.ts'
import { kindOf, type Plan, verdictOf } from '@loop-runner/checkers'
import { ROLE, writeRole } from '@loop-runner/stage-protocol'
import { reasonOf } from './reason-of.ts'
import { runAll, type RunAllOptions } from './run-all.ts'
import type { Run } from './run-plan.ts'
import { commandLineOf } from '../write-blocks.ts'

/**
 * Makes the runs of each layer and writes what `show` makes of them; after a layer that does not pass, no other: the
 * command line of each run that is left out is a block `not-run`, so that fewer runs do not look like better ones.
 */
export async function runLayers(
  layers: readonly (readonly Plan[])[],
  options: RunAllOptions,
  show: (run: Run) => string,
  io: Io,
): Promise<Run[]> {
  const done: Run[] = []
  for (const [index, layer] of layers.entries()) {
    for await (const made of runAll(layer, options, io)) {
      const run = options.known?.apply(made) ?? made
      done.push(run)
      warnWithoutVerdict(run, io)
      await io.stdout.write(show(run))
    }
    const left = layers.slice(index + 1).flat()
    if (left.length > 0 && exitStatusOf(done) !== ExitStatus.Yes) {
      io.warn(
        `layer ${index + 1} does not pass: ${left.length} more ${left.length === 1 ? 'run is' : 'runs are'} not made`,
      )
      for (const plan of left) await io.stdout.write(writeRole(ROLE.notRun, `${commandLineOf(plan)}\n`))
      break
    }
  }
  return done
}

/** Reports why a run is inconclusive: in the words of lr-check's own built-in checkers, or by a line of its output. */
function warnWithoutVerdict({ plan, outcome, stdout, stderr }: Run, io: Io): void {
  if (verdictOf(outcome, kindOf(plan)) !== 'unknown') return
  const [program = ''] = plan.argv
  const ours = /(?:^|\n)lr-check: (.+)\n$/.exec(stderr)?.[1]
  const reason = reasonOf(stdout, stderr)
  io.warn(ours ?? `${program}: inconclusive (${outcome})${reason === undefined ? '' : `: ${reason}`}`)
}
