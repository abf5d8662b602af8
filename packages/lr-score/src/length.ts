import { UsageError } from '@loop-runner/cli-kit'
import type { Evaluate } from './evaluator.ts'

/** Inclusive bounds; undefined: no bound. */
interface Bounds {
  readonly min: number | undefined
  readonly max: number | undefined
}

/** The score of a text that is too short or too long (as in loopllm 0.7.0: one value, however far it is off). */
const OUT_OF_BOUNDS = 0.3

/**
 * Whether a text has the right length; undefined where nothing bounds it.
 *
 * @throws UsageError for bounds that no length is within
 */
export function lengthEvaluator(words: Bounds, characters: Bounds): Evaluate | undefined {
  checkBounds('words', words)
  checkBounds('characters', characters)
  if ([words.min, words.max, characters.min, characters.max].every((bound) => bound === undefined)) return undefined
  return ({ text }) => {
    const deficiencies = [
      ...complaints(countWords(text), 'word', words),
      ...complaints(countCharacters(text), 'character', characters),
    ]
    return { score: deficiencies.length === 0 ? 1 : OUT_OF_BOUNDS, deficiencies }
  }
}

function checkBounds(unit: string, { min, max }: Bounds): void {
  if (min !== undefined && max !== undefined && min > max) {
    throw new UsageError(`--min-${unit} ${min}: more than --max-${unit} ${max}`)
  }
}

function complaints(count: number, unit: string, { min, max }: Bounds): string[] {
  const counted = `${count} ${unit}${count === 1 ? '' : 's'}`
  if (min !== undefined && count < min) return [`${counted}, at least ${min} wanted`]
  return max !== undefined && count > max ? [`${counted}, at most ${max} wanted`] : []
}

/** What blanks separate, as `wc -w` counts. */
function countWords(text: string): number {
  let words = 0
  for (const _word of text.matchAll(/\S+/g)) words++
  return words
}

/** Code points, without blanks at either end: a file's last newline is no character of its text. */
function countCharacters(text: string): number {
  let characters = 0
  for (const _character of text.trim()) characters++
  return characters
}
