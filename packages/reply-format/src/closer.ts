import type { DeviationCode } from './deviations.ts'

/** A line inside a block that ends with, or is, something like a closer. */
export interface LooseCloser {
  readonly slip: DeviationCode
  /** What belongs to the content: what stands in front of a closer that is glued to the last line. */
  readonly before: string | undefined
}

const RUN = /^>+[ \t]*$/
const BEFORE_WORDS = /^(>{4,})[ \t]+([^>]*?)[ \t]*>*[ \t]*$/

/** Whether a line is the closer of a block of this width: nothing but `>`, at least twice as many (FORMAT.md). */
export function isCloser(line: string, width: number): boolean {
  return line.startsWith('>') && line.length >= 2 * width && RUN.test(line) && line.trimEnd().length >= 2 * width
}

/**
 * Reads a line inside a block, which is not its closer, as one with a slip. It closes the block only where no right
 * closer comes before the next opener or the end: a quotation of a quotation also begins with `>>>>`.
 */
export function readLooseCloser(line: string, width: number, name: string): LooseCloser | undefined {
  if (!line.includes('>>>>')) return undefined
  const core = line.trim()
  if (RUN.test(core)) return core.length >= 4 ? { slip: 'closer-width', before: undefined } : undefined
  const before = BEFORE_WORDS.exec(core)
  if (before && (before[2] === name || before[1]?.length === 2 * width)) {
    return { slip: 'closer-words', before: undefined }
  }
  const glued = line.trimEnd()
  const end = glued.length - 2 * width
  const isGlued = end > 0 && glued.endsWith('>'.repeat(2 * width)) && glued[end - 1] !== '>'
  return isGlued ? { slip: 'closer-glued', before: glued.slice(0, end).replace(/\r+$/, '') } : undefined
}
