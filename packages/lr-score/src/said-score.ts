import { type Block, isBlock, parseStream, StreamError } from '@loop-runner/block-format'

/** What a program said of a text. */
interface SaidScore {
  /** From 0 to 1. */
  readonly score: number
  readonly deficiencies: readonly string[]
}

/** `score: 0.75 what is wanting`; also in percent (`75%`) and as a fraction (`7.5/10`), as lr-check takes it. */
const LINE =
  /^[ \t]*score[ \t]*[:=][ \t]*(?<number>-?\d+(?:\.\d+)?)[ \t]*(?:(?<percent>%)|\/[ \t]*(?<whole>\d+(?:\.\d+)?))?(?<rest>.*)$/gim

/** The score in what a program printed, by `score` blocks or else by `score:` lines, of several the mean; undefined where there is none. */
export function readSaidScore(output: string): SaidScore | undefined {
  const blocks = scoreBlocks(output).map(readBlock)
  const said = (blocks.length > 0 ? blocks : [...output.matchAll(LINE)].map(readLine)).filter(
    ({ score }) => score >= 0 && score <= 1,
  )
  if (said.length === 0) return undefined
  return {
    score: said.reduce((sum, { score }) => sum + score, 0) / said.length,
    deficiencies: said.flatMap(({ deficiencies }) => deficiencies),
  }
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

function readLine({ groups: { number, percent, whole, rest = '' } = {} }: RegExpExecArray): SaidScore {
  const score = Number(number) / (percent === undefined ? Number(whole ?? 1) : 100)
  return { score, deficiencies: rest.trim() === '' ? [] : [rest.trim()] }
}
