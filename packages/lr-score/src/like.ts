import { readFileSync } from 'node:fs'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { Evaluate } from './evaluator.ts'

/** Below this the text counts as another one. */
const MIN_LIKENESS = 0.5

/**
 * How much of a text is as in a file: the Sørensen–Dice coefficient of their pairs of neighbouring words; undefined
 * without a file.
 *
 * @throws UsageError if the file cannot be read
 */
export function likeEvaluator(file: string | undefined): Evaluate | undefined {
  if (file === undefined) return undefined
  const pairs = countPairs(readText(file))
  return ({ text }) => {
    const score = likeness(pairs, countPairs(text))
    const deficiencies = score < MIN_LIKENESS ? [`${Math.round(score * 100)}% like ${file}, at least 50% required`] : []
    return { score, deficiencies }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--like ${file}: ${reasonOf(error)}`)
  }
}

/** Pairs of neighbouring words with their number; the ends of the text count as words. */
function countPairs(text: string): Map<string, number> {
  const words = ['', ...(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []), '']
  const counts = new Map<string, number>()
  for (const [index, word] of words.slice(1).entries()) {
    const pair = `${words[index]} ${word}`
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

function likeness(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0)
  return (2 * shared) / (sum(left) + sum(right))
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}
