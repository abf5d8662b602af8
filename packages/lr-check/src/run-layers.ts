import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { exitStatusOf } from './exit-status-of.ts'
import type { Plan } from './plan.ts'
import { runAll, type RunAllOptions } from './run-all.ts'
import type { Run } from './run-plan.ts'

/** Makes the runs of each layer and writes what `show` makes of them; after a layer that does not pass, no other. */
export async function runLayers(
  layers: readonly (readonly Plan[])[],
  options: RunAllOptions,
  show: (run: Run) => string,
  io: Io,
): Promise<Run[]> {
  const done: Run[] = []
  for (const [index, layer] of layers.entries()) {
    for await (const run of runAll(layer, options, io)) {
      done.push(run)
      await io.stdout.write(show(run))
    }
    const left = layers.slice(index + 1).flat().length
    if (left > 0 && exitStatusOf(done) !== ExitStatus.Yes) {
      io.warn(`layer ${index + 1} does not pass: ${left} more ${left === 1 ? 'run is' : 'runs are'} not made`)
      break
    }
  }
  return done
}
