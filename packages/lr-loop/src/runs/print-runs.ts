import { basename } from 'node:path'
import { CommandError, ExitStatus, type Io, plural, visibleText, writeCost } from '@loop-runner/cli-kit'
import { listRuns } from './find-run.ts'
import { hasBegun } from './journal.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { groupRuns } from './group-runs.ts'
import { stateOf } from './run-state.ts'
import { scoresOf, secondsOf } from './run-view.ts'
import { showScore } from '../show-score.ts'

interface Options {
  readonly here: boolean
  /** Keys to group by, also as lists with commas. */
  readonly by: readonly string[]
  readonly json: boolean
}

/** Gives the exit code. */
export async function printRuns(options: Options, io: Io): Promise<number> {
  const all = listRuns(io.env)
    .filter(hasBegun)
    .flatMap((path) => tryLoad(path, io.warn))
  const listed = all.filter(({ settings }) => !options.here || settings.cwd === io.cwd)
  const write = options.json ? (run: LoadedRun) => JSON.stringify(fieldsOf(run)) : lineOf
  const groups = options.by.flatMap((list) => list.split(','))
  const lines = groups.length > 0 ? groupRuns(listed.map(fieldsOf), groups, options.json) : listed.map(write)
  await io.stdout.write(lines.map((line) => `${line}\n`).join(''))
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
    label: settings.label ?? null,
    model: settings.replaced.llm ?? settings.stages.model ?? null,
    check: settings.stages.checkCommand ?? settings.replaced.check ?? null,
    passed: view.end?.status === ExitStatus.Yes,
    reason: view.end?.reason ?? null,
    seconds: secondsOf(view),
    calls: usage.calls,
    began: view.beganAt,
    attempts: attempts.length,
    replies: usage.calls,
    scores: scoresOf(view),
    best: scoresOf(view).length === 0 ? null : Math.max(...scoresOf(view)),
    tokens: usage.tokens,
    cost: usage.cost ?? null,
    branch: view.branch ?? null,
    cwd: settings.cwd,
    sources: settings.stages.sources,
  }
}

function lineOf(run: LoadedRun): string {
  const { state, replies, scores, cost, cwd, label } = fieldsOf(run)
  const score = scores.length === 0 ? '-' : showScore(scores.at(-1) ?? 0)
  const columns = [state.padEnd(15), plural(replies, 'reply', 'replies').padStart(11), score, writeCost(cost), cwd]
  return [basename(run.path), ...columns, ...(label === null ? [] : [visibleText(label)])].join('  ')
}
