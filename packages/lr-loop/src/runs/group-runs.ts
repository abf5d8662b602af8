import { UsageError } from '@loop-runner/cli-kit'
import { showScore } from '../show-score.ts'
import { writeTable } from './write-table.ts'

/** A run in figures. */
export interface RunFigures {
  readonly label: string | null
  readonly model: string | null
  readonly check: readonly string[] | string | null
  readonly cwd: string
  readonly passed: boolean
  readonly replies: number
  /** The first is that of the check before any reply. */
  readonly scores: readonly number[]
}

const KEYS = ['label', 'model', 'check', 'cwd'] as const
type Key = (typeof KEYS)[number]

/**
 * One line per group of runs that are equal in these keys, as a table or as JSON objects.
 *
 * @throws UsageError for an unknown key
 */
export function groupRuns(runs: readonly RunFigures[], keys: readonly string[], asJson: boolean): string[] {
  const by = keys.map(toKey)
  const groups = new Map<string, RunFigures[]>()
  for (const run of runs) {
    const name = JSON.stringify(by.map((key) => textOf(run[key])))
    groups.set(name, [...(groups.get(name) ?? []), run])
  }
  const all = [...groups.values()].map((group) => summarizeGroup(group, by))
  return asJson ? all.map((group) => JSON.stringify(group)) : tableOf(all, by)
}

function toKey(name: string): Key {
  const key = KEYS.find((known) => known === name)
  if (key === undefined) throw new UsageError(`option --by: invalid value "${name}" (choose from ${KEYS.join(', ')})`)
  return key
}

function textOf(value: RunFigures[Key]): string {
  return typeof value === 'string' || value === null ? (value ?? '-') : value.join(' ')
}

function summarizeGroup(group: readonly RunFigures[], by: readonly Key[]) {
  const [first] = group
  const replies = group.map((run) => run.replies).sort((left, right) => left - right)
  const passing = group.filter(({ passed }) => passed).map((run) => Math.max(0, run.scores.length - 1))
  // A run that was stopped before its first check has no score.
  const scored = group.map(({ scores }) => scores).filter(({ length }) => length > 0)
  const rounds = Math.max(0, ...scored.map(({ length }) => length))
  return {
    ...Object.fromEntries(by.map((key) => [key, first ? textOf(first[key]) : '-'])),
    runs: group.length,
    passed: group.filter(({ passed }) => passed).length,
    replies: mean(replies),
    p90: replies[Math.ceil(replies.length * 0.9) - 1] ?? 0,
    // What -i is worth: runs that would have passed with a limit of 0, 1, 2 … replies.
    passedWithin: Array.from({ length: rounds }, (_, limit) => passing.filter((count) => count <= limit).length),
    scores: Array.from({ length: rounds }, (_, round) =>
      // A run that has ended keeps its last score.
      mean(scored.map((scores) => scores[round] ?? scores.at(-1) ?? 0)),
    ),
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function tableOf(groups: readonly ReturnType<typeof summarizeGroup>[], by: readonly Key[]): string[] {
  const figures = ['runs', 'passed', 'replies', 'p90'].map((heading) => ({ heading, isFigure: true as const }))
  const columns = [
    ...by.map((heading) => ({ heading })),
    ...figures,
    { heading: 'passed with -i 0 1 …' },
    { heading: 'score after each reply' },
  ]
  const rows = groups.map((group) => [
    ...by.map((key) => String(Reflect.get(group, key))),
    String(group.runs),
    String(group.passed),
    group.replies.toFixed(1),
    String(group.p90),
    group.passedWithin.join(' '),
    group.scores.map(showScore).join(' '),
  ])
  return writeTable(columns, rows)
}
