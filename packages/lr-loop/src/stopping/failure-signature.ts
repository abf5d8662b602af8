import type { Part } from '@loop-runner/block-format'
import { contents } from '../stages/read-report.ts'

/** Addresses, hashes, parts of a UUID: hexadecimal digits, a decimal one among them. */
const HEXADECIMAL = /\b(?:0x[\da-f]+|(?=[a-f]*\d)[\da-f]{8,})\b/gi

/**
 * What a check says is wrong, without what changes from run to run: no numbers and identifiers, each line once, in no order. Two rounds
 * that fail in the same way have the same one although lines have moved (research/fix-loops.md 4.1).
 */
export function failureSignature(checked: readonly Part[]): string {
  const output = [...contents(checked, 'stdout'), ...contents(checked, 'stderr')].join('\n')
  const lines = output.split('\n').map(normalise)
  return [...new Set(lines)].sort((left, right) => (left < right ? -1 : 1)).join('\n')
}

function normalise(line: string): string {
  return line.replaceAll(HEXADECIMAL, '#').replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim()
}
