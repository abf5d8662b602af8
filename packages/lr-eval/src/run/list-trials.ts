import { UsageError } from '@loop-runner/cli-kit'
import type { TrialKey } from '../trial-result.ts'

/** Options of lr-loop by their long names. */
export type LoopOptions = Readonly<Record<string, string>>

/** Options that lr-eval sets itself. */
const OWN = new Set(['json', 'run-dir', 'resume', 'directory', 'help', 'version', 'show-config'])

/**
 * All trials of a case, in order: each combination of the varied values, each `repeat` times.
 *
 * @param fixed `NAME=VALUE`, for every trial
 * @param varied `NAME=VALUE,VALUE…`
 * @throws UsageError for a word that is not of that form, or an option that lr-eval sets itself
 */
export function listTrials(name: string, { fixed, varied, repeat, label }: TrialPlan): TrialKey[] {
  const combinations = varied.reduce<LoopOptions[]>(
    (all, word) => {
      const [option, values] = splitAssignment(word, 'NAME=VALUE,VALUE')
      return all.flatMap((chosen) => values.split(',').map((value) => ({ ...chosen, [option]: value })))
    },
    [fixed],
  )
  return combinations.flatMap((options) =>
    Array.from({ length: repeat }, (_, index) => ({ case: name, options, label, trial: index + 1 })),
  )
}

/** What is the same for all cases. */
export interface TrialPlan {
  readonly fixed: LoopOptions
  readonly varied: readonly string[]
  readonly repeat: number
  readonly label: string | null
}

/** @throws UsageError for a word that is not `NAME=VALUE`, or an option that lr-eval sets itself */
export function optionsOf(words: readonly string[]): LoopOptions {
  return Object.fromEntries(words.map((word) => splitAssignment(word, 'NAME=VALUE')))
}

function splitAssignment(word: string, form: string): [string, string] {
  const [, name, value] = /^(?:--)?([a-z][a-z-]*)=(.*)$/s.exec(word) ?? []
  if (name === undefined || value === undefined) throw new UsageError(`"${word}": not of the form ${form}`)
  if (OWN.has(name)) throw new UsageError(`"${word}": lr-eval sets --${name} itself`)
  return [name, value]
}
