import { describeReply } from '../progress/describe-event.ts'
import { plural, sparkline, writeCost, writeCount, writeSeconds } from '../progress/write-figures.ts'
import { describeEnd, nextCommands } from '../summary.ts'
import { isAtWork, type LoadedRun, stateOf } from './load-run.ts'
import { type RoundView, scoresOf } from './run-view.ts'

/** A run as a page of text: how it ended, what was asked for, a line a round, where the rest lies. */
export function describeRun(run: LoadedRun): string {
  const { path, view } = run
  return [
    view.end ? describeEnd(view.end) : stateOf(view),
    '',
    ...facts(run).map(([name, value]) => `${`${name}:`.padEnd(9)}${value}`),
    '',
    ...table(view.rounds.map(rowOf)),
    '',
    ...nextOf(run),
    `every prompt, reply and check: ${path}/ITERATION/STAGE.out`,
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

function nextOf({ path, view }: LoadedRun): string[] {
  if (isAtWork(view)) return [`follow: lr-loop show --follow ${path}`]
  const { branch = null, commits } = view
  const written = view.rounds.filter(({ reply }) => reply?.reply === 'changed').length
  return nextCommands({ reason: view.end?.reason ?? 'interrupted', branch, commits, run: path }, written)
}

function facts({ settings, view }: LoadedRun): [name: string, value: string][] {
  const { sources, checkCommand, model } = settings.stages
  const seconds = (Date.parse(view.lastAt) - Date.parse(view.beganAt)) / 1000
  const replies = view.rounds.filter(({ reply }) => reply).length
  const all: [string, string | undefined][] = [
    ['folder', settings.cwd],
    ['sources', sources.join(' ')],
    ['check', checkCommand?.join(' ') ?? settings.replaced.check ?? 'the checkers that fit the sources'],
    ['model', settings.replaced.llm ?? model],
    ['began', `${view.beganAt}, ${writeSeconds(seconds)} to the last event`],
    ['used', `${plural(replies, 'reply', 'replies')}, ${plural(view.tokens, 'token')}, ${writeCost(view.cost)}`],
    ['scores', sparkline(scoresOf(view))],
    ['branch', view.branch],
  ]
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

const HEADINGS = [
  '',
  'check',
  'score',
  'tokens',
  'cost',
  'time',
  'commit',
  'what came of the reply, and what the check said',
]
/** Columns of figures. */
const RIGHT = new Set([0, 2, 3, 4, 5])

function rowOf({ iteration, check, reply, seconds }: RoundView): string[] {
  const checked = check ? [check.passed ? 'pass' : 'fail', check.score.toFixed(2)] : ['-', '-']
  const used = reply ? [writeCount(reply.tokens), reply.cost === null ? '-' : writeCost(reply.cost)] : ['-', '-']
  const commit = reply?.commits[0]?.slice(0, 12) ?? '-'
  const words = [reply ? describeReply(reply) : '', check?.said ?? ''].filter((part) => part !== '')
  return [String(iteration), ...checked, ...used, writeSeconds(seconds), commit, words.join('; ')]
}

function table(rows: readonly string[][]): string[] {
  const all = [HEADINGS, ...rows]
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = column === row.length - 1 ? 0 : (widths[column] ?? 0)
        return RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  '),
  )
}
