import type { Part } from '@loop-runner/block-format'
import { ROLE, contentsOf } from '@loop-runner/stage-protocol'

/** Addresses, hashes, parts of a UUID: hexadecimal digits, a decimal one among them. */
const HEXADECIMAL = /\b(?:0x[\da-f]+|(?=[a-f]*\d)[\da-f]{8,})\b/gi

/**
 * A hash of what a check says is wrong, without what changes from run to run: no numbers and identifiers, each line once, in no
 * order. Two rounds that fail in the same way have the same one although lines have moved.
 */
export async function failureSignature(checked: readonly Part[]): Promise<string> {
  const { createHash } = await import('node:crypto')
  const output = [...contentsOf(checked, ROLE.stdout), ...contentsOf(checked, ROLE.stderr)].join('\n')
  const lines = output.split('\n').map(normalise)
  const sorted = [...new Set(lines)].sort((left, right) => (left < right ? -1 : 1))
  return createHash('sha256').update(sorted.join('\n')).digest('hex')
}

function normalise(line: string): string {
  return line.replaceAll(HEXADECIMAL, '#').replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim()
}
