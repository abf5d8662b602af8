import type { Part } from '@loop-runner/block-format'
import { ROLE, contentsOf } from '@loop-runner/stage-protocol'

/** The scores that a check printed, one for each line that gives one. */
export function scoreLines(parts: readonly Part[]): string[] {
  const printed = [...contentsOf(parts, ROLE.stdout), ...contentsOf(parts, ROLE.stderr)]
  return printed.flatMap((content) => [...content.matchAll(/^score:[^\S\n]*(\S*)/gim)].map(([, value = '']) => value))
}

/** As a check writes it; the score of a failing check is never given as full. */
const FULL = /^(?:1(?:\.0+)?|100(?:\.0+)?%|(\d+(?:\.\d+)?)\/\1)$/

/**
 * Whether a score may stand for a pass. Code under test can print score lines of its own: more lines than at first are not
 * all the check's, unless they agree, as those of a check that gives its score with each finding. A check that printed none
 * at first may print one. A full score of a check that fails does not count.
 */
export function carriesThreshold(
  score: { readonly value: number; readonly lines: readonly string[]; readonly passes: boolean },
  firstLines: number,
  threshold: number,
): boolean {
  const { value, lines, passes } = score
  if (value < threshold) return false
  if (lines.length > Math.max(firstLines, 1) && new Set(lines).size > 1) return false
  const isFull = value > 0.999 && (value === 1 || lines.some((line) => FULL.test(line)))
  return passes || !isFull
}
