import { type Block, isBlock, parseStream, StreamError } from '@loop-runner/block-format'
import { meanOf, readScoreLines, type SaidScore } from '@loop-runner/score-line'

/** The score in what a program printed, by `score` blocks or else by `score:` lines, of several the mean; undefined where there is none. */
export function readSaidScore(output: string): SaidScore | undefined {
  const blocks = scoreBlocks(output).map(readBlock)
  return meanOf(blocks.length > 0 ? blocks.filter(({ score }) => score >= 0 && score <= 1) : readScoreLines(output))
}

function scoreBlocks(output: string): Block[] {
  try {
    return parseStream(output).filter((part): part is Block => isBlock(part) && part.name === 'score')
  } catch (error) {
    if (error instanceof StreamError) return []
    throw error
  }
}

function readBlock({ content }: Block): SaidScore {
  const [number = '', ...lines] = content.split('\n')
  return {
    score: number.trim() === '' ? Number.NaN : Number(number),
    deficiencies: lines.filter((line) => line.trim() !== ''),
  }
}
