import { isBlock, type Part } from '@loop-runner/block-format'

/** How many lines of a check's output say a score. */
export function countScoreLines(parts: readonly Part[]): number {
  const printed = parts.filter(isBlock).filter(({ name }) => name === 'stdout' || name === 'stderr')
  return printed.reduce((sum, { content }) => sum + (content.match(/^score:/gim)?.length ?? 0), 0)
}

/**
 * Whether a score may stand for a pass. Code under test can print score lines of its own: more lines than at first are not
 * the check's, and neither is a full score beside a check that fails. A check that printed none at first may print one.
 */
export function carriesThreshold(
  score: { readonly value: number; readonly lines: number; readonly passes: boolean },
  firstLines: number,
  threshold: number,
): boolean {
  if (score.value < threshold || score.lines > Math.max(firstLines, 1)) return false
  return score.passes || score.value < 1
}
