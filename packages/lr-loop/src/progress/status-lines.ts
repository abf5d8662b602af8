import { ASKING_MODEL, RUNNING_AGENT } from './describe-event.ts'
import { describeVariation } from '../attempts/variation.ts'
import { AT_WORK } from '../runs/run-state.ts'
import type { WholeView } from '../runs/load-run.ts'
import { type RunView, scoresOf } from '../runs/run-view.ts'
import type { LoopSettings } from '../settings.ts'
import { plural, sparkline, writeCost, writeCount, writeSeconds } from '@loop-runner/cli-kit'
import { showScore } from '../show-score.ts'
import { cutLine } from './text-width.ts'

/** By the first part of a stage's name: `git-commit`, `check-final`. */
const STAGES: Readonly<Record<string, string>> = {
  check: 'checking',
  prompt: 'writing the prompt',
  llm: ASKING_MODEL,
  apply: 'applying the reply',
  git: 'committing',
}
const SEPARATOR = ' · '
/** As many scores as fit into a line beside the rest. */
const MOST_BARS = 40

/**
 * Where a run stands: iteration or attempts, stage and times; scores, tokens and cost; what is at work; what the last check
 * said.
 *
 * @param columns no line is longer
 */
export function statusLines(run: WholeView, settings: LoopSettings, now: Date, columns: number): string[] {
  const { view, attempts, usage } = run
  const said = view.rounds.findLast(({ check }) => check)?.check?.said ?? ''
  const most = settings.limits.iterations
  const ended = attempts.filter(({ state }) => state !== AT_WORK).length
  const place = settings.attempts ? `${ended} of ${settings.attempts.count} attempts have ended` : placeOf(view, most)
  const lines = [
    // A narrow terminal truncates the parts that rarely change.
    [...stageOf(view, settings, now), place, `${since(view.beganAt, now)} in all`],
    [
      ...score(view),
      plural(usage.calls, 'reply', 'replies'),
      `${writeCount(usage.tokens)} tokens`,
      writeCost(usage.cost),
    ],
    ...attempts
      .filter(({ state }) => state === AT_WORK)
      .map((attempt) => [describeVariation(attempt), ...atWork(attempt.view, settings, now)]),
    ...(said === '' ? [] : [[`check: ${said}`]]),
  ]
  return lines.map((parts) => cutLine(`  ${parts.join(SEPARATOR)}`, columns))
}

function atWork(view: RunView, settings: LoopSettings, now: Date): string[] {
  return [placeOf(view, settings.limits.iterations), ...stageOf(view, settings, now), ...score(view)]
}

function placeOf({ iteration }: RunView, most: number): string {
  return iteration === 0 ? 'before the first reply' : `iteration ${iteration} of at most ${most}`
}

function stageOf({ stage, waitsUntil }: RunView, { agent }: LoopSettings, now: Date): string[] {
  if (!stage) return []
  const [kind = ''] = stage.name.split('-')
  const left = waitsUntil === undefined ? 0 : Date.parse(waitsUntil) - now.getTime()
  const wait = left > 0 ? [`waiting ${writeSeconds(left / 1000)} more`] : []
  const doing = kind === 'llm' && agent ? RUNNING_AGENT : (STAGES[kind] ?? kind)
  return [`${doing} ${since(stage.since, now)}`, ...wait]
}

function score(view: RunView): string[] {
  const scores = scoresOf(view)
  const last = scores.at(-1)
  return last === undefined ? [] : [`score ${sparkline(scores.slice(-MOST_BARS))} ${showScore(last)}`]
}

function since(time: string, now: Date): string {
  return writeSeconds(Math.max(0, now.getTime() - Date.parse(time)) / 1000)
}
