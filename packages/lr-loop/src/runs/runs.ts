import { basename } from 'node:path'
import { CommandError, defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { plural, writeCost } from '../progress/write-figures.ts'
import { listRuns } from './find-run.ts'
import { hasBegun } from './journal.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { stateOf } from './run-state.ts'
import { scoresOf } from './run-view.ts'

export const runs = defineCommand({
  usage: '[options]',
  summary: 'List the runs of lr-loop, newest first.',
  options: {
    here: { type: 'flag', describe: 'only those begun in this folder', commandLineOnly: true },
    json: { type: 'flag', describe: 'one JSON object a line' },
  },
  details: `
A line each: its name, how it ended (or "at work", or "cut short"), replies, last
score, cost, and the folder it was begun in. Runs with a --run-dir of their own
are not among them.

Exit status: 0 there are some · 1 there are none · 2 used wrongly

  lr-loop runs --here --json | head -1
`,
  async run({ options }, io) {
    const all = listRuns(io.env)
      .filter(hasBegun)
      .flatMap((path) => tryLoad(path, io.warn))
    const listed = all.filter(({ settings }) => !options.here || settings.cwd === io.cwd)
    const write = options.json ? (run: LoadedRun) => JSON.stringify(fieldsOf(run)) : lineOf
    await io.stdout.write(listed.map((run) => `${write(run)}\n`).join(''))
    return listed.length > 0 ? ExitStatus.Yes : ExitStatus.No
  },
})

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
