import { type RunView, scoresOf } from '../runs/run-view.ts'
import { plural, sparkline, writeCost, writeCount, writeSeconds } from './write-figures.ts'

/** By the first part of a stage's name: `git-commit`, `check-final`. */
const STAGES: Readonly<Record<string, string>> = {
  check: 'checking',
  prompt: 'writing the prompt',
  llm: 'asking the model',
  apply: 'applying the reply',
  git: 'committing',
}
const SEPARATOR = ' · '
/** As many scores as fit into a line beside the rest. */
const MOST_BARS = 40

/**
 * Where a run stands: iteration, stage and times; scores, tokens and cost; what the last check said.
 *
 * @param most how many replies are asked for at most
 * @param columns no line is longer
 */
export function statusLines(view: RunView, most: number, now: Date, columns: number): string[] {
  const since = (time: string) => writeSeconds(Math.max(0, now.getTime() - Date.parse(time)) / 1000)
  const { stage, iteration, rounds, beganAt } = view
  const [kind = ''] = stage?.name.split('-') ?? []
  const place = [
    iteration === 0 ? 'before the first reply' : `iteration ${iteration} of at most ${most}`,
    ...(stage ? [`${STAGES[kind] ?? kind} ${since(stage.since)}`] : []),
    `${since(beganAt)} in all`,
  ]
  const said = rounds.findLast(({ check }) => check)?.check?.said ?? ''
  const lines = [place.join(SEPARATOR), figures(view).join(SEPARATOR), ...(said === '' ? [] : [`check: ${said}`])]
  return lines.map((line) => shorten(`  ${line}`, columns))
}

function figures(view: RunView): string[] {
  const scores = scoresOf(view)
  const last = scores.at(-1)
  return [
    ...(last === undefined ? [] : [`score ${sparkline(scores.slice(-MOST_BARS))} ${last.toFixed(2)}`]),
    plural(view.rounds.filter(({ reply }) => reply).length, 'reply', 'replies'),
    `${writeCount(view.tokens)} tokens`,
    writeCost(view.cost),
  ]
}

function shorten(line: string, columns: number): string {
  const characters = Array.from(line)
  return characters.length <= columns ? line : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`
}
