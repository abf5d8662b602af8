import type { Part } from '@loop-runner/block-format'
import { contents } from './read-report.ts'

/**
 * What a check says is wrong, without what changes from run to run: no numbers, each line once, in no order. Two rounds
 * that fail in the same way have the same one although lines have moved (research/fix-loops.md 4.1).
 */
export function failureSignature(checked: readonly Part[]): string {
  const output = [...contents(checked, 'stdout'), ...contents(checked, 'stderr')].join('\n')
  const lines = output.split('\n').map((line) => line.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim())
  return [...new Set(lines)].sort((left, right) => (left < right ? -1 : 1)).join('\n')
}
