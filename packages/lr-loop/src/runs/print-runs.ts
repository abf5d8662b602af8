import { basename } from 'node:path'
import { CommandError, ExitStatus, type Io, terminalColumns, visibleText, writeCost } from '@loop-runner/cli-kit'
import { listRuns } from './find-run.ts'
import { hasBegun } from './journal.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { groupRuns } from './group-runs.ts'
import { stateOf } from './run-state.ts'
import { scoresOf, secondsOf } from './run-view.ts'
import { cutLine } from '../progress/text-width.ts'
import { showScore } from '../show-score.ts'
import { type Column, writeLines, writeTable } from './write-table.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'run' },
  { heading: 'began' },
  { heading: 'state' },
  { heading: 'replies', isFigure: true },
  { heading: 'score', isFigure: true },
  { heading: 'cost', isFigure: true },
  { heading: 'model' },
  { heading: 'folder' },
  { heading: 'label' },
]
/** Of a model or the command in its place, in characters. */
const LONGEST_MODEL = 30

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
  if (listed.length === 0) {
    io.warn(options.here ? `no run was started in ${io.cwd}` : 'no runs yet')
    return ExitStatus.No
  }
  const lines = linesOf(listed, options, io)
  // For a person; a program gets whole lines.
  const fit = io.stdout.isTerminal && !options.json
  await io.stdout.write(writeLines(fit ? lines.map((line) => cutLine(line, terminalColumns(io.env))) : lines))
  return ExitStatus.Yes
}

function linesOf(listed: readonly LoadedRun[], { by, json }: Options, io: Io): string[] {
  const groups = by.flatMap((list) => list.split(','))
  if (groups.length > 0) return groupRuns(listed.map(fieldsOf), groups, json)
  if (json) return listed.map((run) => JSON.stringify(fieldsOf(run)))
  return writeTable(
    COLUMNS,
    listed.map((run) => rowOf(run, Date.now(), io.env['HOME'])),
  )
}

/** A run of another version does not hide the others. */
function tryLoad(path: string, warn: (message: string) => void): LoadedRun[] {
  try {
    return [loadRun(path)]
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    warn(`skipped: ${error.message}`)
    return []
  }
}

/** The model, or the command in its place. */
function modelOf({ agent, replaced, stages }: LoadedRun['settings']): string | null {
  return agent?.command ?? replaced.llm ?? stages.model ?? null
}

function fieldsOf({ path, settings, view, attempts, usage }: LoadedRun) {
  return {
    run: path,
    state: stateOf(view),
    label: settings.label ?? null,
    model: modelOf(settings),
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

function rowOf(run: LoadedRun, now: number, home: string | undefined): string[] {
  const { state, replies, scores, cost, cwd, label, model, began } = fieldsOf(run)
  return [
    basename(run.path),
    `${ageOf(now - Date.parse(began))} ago`,
    state,
    String(replies),
    scores.length === 0 ? '-' : showScore(scores.at(-1) ?? 0),
    cost === null ? '-' : writeCost(cost),
    shorten(visibleText(model ?? '-')),
    visibleText(home !== undefined && cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd),
    visibleText(label ?? ''),
  ]
}

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
]

/** A time in its largest whole unit: `3 min`. */
function ageOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [size, unit] = UNITS.find(([least]) => seconds >= least) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${unit}`
}

function shorten(text: string): string {
  return text.length <= LONGEST_MODEL ? text : `${text.slice(0, LONGEST_MODEL - 1)}…`
}
