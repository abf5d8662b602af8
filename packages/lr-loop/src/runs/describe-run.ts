import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { plural, quoteCommand, sparkline, visibleText, writeCost, writeCount, writeSeconds } from '@loop-runner/cli-kit'
import { lastCheck, resultOf } from '@loop-runner/run-report'
import { describeReply } from '../progress/describe-event.ts'
import { adviceOn, describeRefusal, nextCommands } from '../describe-summary.ts'
import { messageOf } from '../summary.ts'
import { describeKept, tableOfAttempts } from './describe-attempts.ts'
import type { LoadedRun } from './load-run.ts'
import { isAtWork, stateOf } from './run-state.ts'
import { type RoundView, type RunView, scoresOf, secondsOf } from './run-view.ts'
import { type Column, writeLines, writeTable } from './write-table.ts'
import { showScore } from '../show-score.ts'

/**
 * A run as a page of text: how it ended, its settings, one line per round or attempt, and where its files are.
 *
 * @param paintState styles the first line
 */
export function describeRun(run: LoadedRun, paintState = (text: string) => text): string {
  const { path, view, attempts } = run
  const isAlone = attempts.length === 0
  return writeLines([
    paintState(describeState(view)),
    '',
    ...facts(run).map(([name, value]) => `${`${name}:`.padEnd(9)}${value}`),
    '',
    ...(isAlone ? writeTable(COLUMNS, view.rounds.map(rowOf)) : tableOfAttempts(attempts)),
    '',
    ...(isAlone ? view.rounds.flatMap(wordsOf) : []),
    ...nextOf(run),
    isAlone
      ? `prompts and replies: ${quoteCommand(['lr-loop', 'show', '--prompt', 'N', path])}, --reply N; all files: ${path}/ITERATION/STAGE.out`
      : `each of them: ${quoteCommand(['lr-loop', 'show', '--attempt', 'N', path])}`,
  ])
}

/** How a run ended, or that it has not. */
export function describeState(view: RunView): string {
  return view.end ? messageOf(view, view.end) : stateOf(view)
}

/** The user's possible next steps, one command or place per line. */
export function nextOf({ path, settings, view }: LoadedRun): string[] {
  if (isAtWork(view)) return [`follow: ${quoteCommand(['lr-loop', 'show', '--follow', path])}`]
  if (settings.parent !== undefined) {
    const bundle = join(path, 'commits.bundle')
    return existsSync(bundle)
      ? [`look: ${join(path, 'changes.diff')}; have it: ${quoteCommand(['lr-git', 'take', bundle])}`]
      : []
  }
  const { branch = null, commits } = view
  const byApply = settings.replaced.apply === undefined ? view.rounds : []
  const written = byApply.filter(({ reply }) => reply?.reply === 'changed').length
  const reason = view.end?.reason ?? 'interrupted'
  return [
    ...nextCommands(
      { reason, branch, commits, run: path, scores: scoresOf(view), hasAttempts: settings.attempts !== undefined },
      {
        written,
        hasGit: settings.replaced.git === undefined,
        fixes: settings.stages.fixes,
        isAsBefore: view.isAsBefore,
      },
    ),
    ...(view.end ? adviceOn(view.end) : []),
  ]
}

function facts(run: LoadedRun): [name: string, value: string][] {
  const { settings, view, attempts, usage } = run
  const { sources, checkCommand, model } = settings.stages
  const { calls, tokens, cost } = usage
  const all: [string, string | undefined][] = [
    ['label', settings.label === undefined ? undefined : visibleText(settings.label)],
    ['folder', settings.cwd],
    ['sources', quoteCommand(sources)],
    [
      'check',
      checkCommand ? quoteCommand(checkCommand) : (settings.replaced.check ?? 'the checkers that fit the sources'),
    ],
    settings.agent ? ['agent', settings.agent.command] : ['model', settings.replaced.llm ?? model],
    ['began', `${view.beganAt}, ${writeSeconds(secondsOf(view))} to the last event`],
    ['used', `${plural(calls, 'reply', 'replies')}, ${plural(tokens, 'token')}${cachedOf(run)}, ${writeCost(cost)}`],
    ['scores', sparkline(scoresOf(view))],
    ['branch', view.branch],
    ['kept', describeKept(attempts)],
    ['error', view.end?.error],
    ...(lastCheck(view.rounds)?.doubts ?? []).map((doubt): [string, string] => ['doubt', visibleText(doubt)]),
  ]
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

/** How many of the tokens came from the provider's cache, where any did. */
function cachedOf({ view, attempts }: LoadedRun): string {
  const rounds = [view, ...attempts.map((attempt) => attempt.view)].flatMap((each) => each.rounds)
  const cached = rounds.reduce((sum, { reply }) => sum + (reply?.cached ?? 0), 0)
  return cached === 0 ? '' : ` (${writeCount(cached)} cached)`
}

/** The text of the model besides new versions, and the reasons for rejected versions. */
function wordsOf({ iteration, reply }: RoundView): string[] {
  const { explanation = '', rejected = [] } = reply ?? {}
  const lines = [...explanation.split('\n'), ...rejected.map(describeRefusal)].map(visibleText)
  const told = lines.filter((line) => line.trim() !== '')
  return told.length === 0 ? [] : [`reply ${iteration}:`, ...told.map((line) => `  ${line}`), '']
}

const COLUMNS: readonly Column[] = [
  { heading: '', isFigure: true },
  { heading: 'check' },
  { heading: 'score', isFigure: true },
  { heading: 'tokens', isFigure: true },
  { heading: 'cost', isFigure: true },
  { heading: 'time', isFigure: true },
  { heading: 'commit' },
  { heading: 'result of the reply; first failure of the check' },
]

function rowOf({ iteration, check, reply, seconds }: RoundView): string[] {
  const checked = check ? [resultOf(check), showScore(check.score)] : ['-', '-']
  const used = reply ? [writeCount(reply.tokens), reply.cost === null ? '-' : writeCost(reply.cost)] : ['-', '-']
  const commit = reply?.commits[0]?.slice(0, 12) ?? '-'
  const words = [reply ? describeReply(reply) : '', check?.said ?? ''].filter((part) => part !== '')
  return [String(iteration), ...checked, ...used, writeSeconds(seconds), commit, words.join('; ')]
}
