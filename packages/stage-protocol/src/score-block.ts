import { listOf } from './contents.ts'
import type { SaidScore } from './score-lines.ts'

/** Four decimals, rounded down, so that only a full score reads as 1. */
export function roundDown(score: number): number {
  return Math.floor(score * 10_000 + 1e-6) / 10_000
}

/** The content of a `score` block: the number, then one deficiency a line. */
export function writeScore({ score, deficiencies }: SaidScore): string {
  return listOf([roundDown(score), ...deficiencies])
}

/** What a `score` block says; undefined if it does not begin with a number from 0 to 1. */
export function readScore(content: string): SaidScore | undefined {
  const [first = '', ...deficiencies] = content.split('\n')
  const score = Number.parseFloat(first)
  return score >= 0 && score <= 1 ? { score, deficiencies: deficiencies.filter((line) => line !== '') } : undefined
}
