import { basename } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { plural, writeCost } from '../progress/write-figures.ts'
import { listRuns } from './find-run.ts'
import { hasBegun } from './journal.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { stateOf } from './run-state.ts'
import { scoresOf } from './run-view.ts'

interface Options {
  readonly here: boolean
  readonly json: boolean
}

/** Gives the exit code. */
export async function printRuns(options: Options, io: Io): Promise<number> {
  const all = listRuns(io.env)
    .filter(hasBegun)
    .flatMap((path) => tryLoad(path, io.warn))
  const listed = all.filter(({ settings }) => !options.here || settings.cwd === io.cwd)
  const write = options.json ? (run: LoadedRun) => JSON.stringify(fieldsOf(run)) : lineOf
  await io.stdout.write(listed.map((run) => `${write(run)}\n`).join(''))
  return listed.length > 0 ? ExitStatus.Yes : ExitStatus.No
}

/** A run of another version does not hide the others. */
function tryLoad(path: string, warn: (message: string) => void): LoadedRun[] {
  try {
    return [loadRun(path)]
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    warn(`left out: ${error.message}`)
    return []
  }
}

function fieldsOf({ path, settings, view, attempts, usage }: LoadedRun) {
  return {
    run: path,
    state: stateOf(view),
    began: view.beganAt,
    attempts: attempts.length,
    replies: usage.calls,
    scores: scoresOf(view),
    tokens: usage.tokens,
    cost: usage.cost ?? null,
    branch: view.branch ?? null,
    cwd: settings.cwd,
    sources: settings.stages.sources,
  }
}

function lineOf(run: LoadedRun): string {
  const { state, replies, scores, cost, cwd } = fieldsOf(run)
  const score = scores.at(-1)?.toFixed(2) ?? '-'
  const columns = [state.padEnd(15), plural(replies, 'reply', 'replies').padStart(11), score, writeCost(cost), cwd]
  return [basename(run.path), ...columns].join('  ')
}
