import { parseStream, StreamError } from '@loop-runner/block-format'
import { contentsOf, meanOf, readScore, readScoreLines, ROLE, type SaidScore } from '@loop-runner/stage-protocol'

/** The score in what a program printed, by `score` blocks or else by `score:` lines, of several the mean; undefined if not found. */
export function readSaidScore(output: string): SaidScore | undefined {
  const blocks = scoreBlocks(output)
  return meanOf(blocks.length > 0 ? blocks.flatMap((content) => readScore(content) ?? []) : readScoreLines(output))
}

function scoreBlocks(output: string): string[] {
  try {
    return contentsOf(parseStream(output), ROLE.score)
  } catch (error) {
    if (error instanceof StreamError) return []
    throw error
  }
}
