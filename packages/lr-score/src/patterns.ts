import { UsageError } from '@loop-runner/cli-kit'
import type { Evaluate } from './evaluator.ts'

export interface Patterns {
  readonly required: readonly string[]
  readonly forbidden: readonly string[]
  readonly ignoresCase: boolean
}

/**
 * The share of patterns that hold; undefined for an empty list.
 *
 * @throws UsageError for what is no regular expression
 */
export function patternEvaluator({ required, forbidden, ignoresCase }: Patterns): Evaluate | undefined {
  const flags = ignoresCase ? 'imu' : 'mu'
  const wanted = required.map((pattern) => compile(pattern, flags, '--require'))
  const unwanted = forbidden.map((pattern) => compile(pattern, flags, '--forbid'))
  const total = wanted.length + unwanted.length
  if (total === 0) return undefined
  return ({ text }) => {
    const missing = wanted.filter((pattern) => !pattern.test(text)).map(({ source }) => `nothing matches /${source}/`)
    const present = unwanted.flatMap((pattern) => {
      const match = pattern.exec(text)
      return match ? [`line ${lineOf(text, match.index)} matches /${pattern.source}/, which is forbidden`] : []
    })
    const deficiencies = [...missing, ...present]
    return { score: (total - deficiencies.length) / total, deficiencies }
  }
}

function compile(pattern: string, flags: string, option: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    throw new UsageError(`${option} ${pattern}: ${(error as Error).message}`)
  }
}

/** The line, counted from 1, on which `offset` lies. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
