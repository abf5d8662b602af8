import type { DeviationCode } from '../deviations.ts'
import { withoutInvisible } from './normalise-reply.ts'
import { type LooseOpener, startOfRun } from './opener.ts'

/** A line inside a block that ends with, or is, something like a closer. */
export interface LooseCloser {
  readonly slip: DeviationCode
  /** What belongs to the content: what stands in front of a closer that is glued to the last line. */
  readonly before: string | undefined
}

const RUN = /^>+[ \t]*$/

/** Whether a line is the closer of a block of this width: nothing but `>`, at least twice as many (docs/format.md). */
export function isCloser(line: string, width: number): boolean {
  return line.startsWith('>') && line.length >= 2 * width && RUN.test(line) && line.trimEnd().length >= 2 * width
}

/**
 * Reads a line inside a block, which is not its closer, as one with a slip. It closes the block only where no right
 * closer comes before the next opener or the end: a quotation of a quotation also begins with `>>>>`.
 */
export function readLooseCloser(line: string, open: LooseOpener): LooseCloser | undefined {
  if (!line.includes('>>>>')) return undefined
  const slip = slipOf(line, open)
  return slip ? { slip, before: undefined } : splitGlued(line, 2 * open.width)
}

function slipOf(line: string, { width, name }: LooseOpener): DeviationCode | undefined {
  if (isCloser(withoutInvisible(line) ?? '', width)) return 'invisible-characters'
  const core = line.trim()
  if (RUN.test(core)) return 'closer-width'
  const run = core.search(/[^>]/)
  if (run < 4 || !/[ \t]/.test(core.charAt(run))) return undefined
  const words = core.slice(run, startOfRun(core)).trim()
  return !words.includes('>') && (words === name || run === 2 * width) ? 'closer-words' : undefined
}

function splitGlued(line: string, width: number): LooseCloser | undefined {
  const glued = line.trimEnd()
  const end = glued.length - width
  if (end <= 0 || glued[end - 1] === '>' || !glued.endsWith('>'.repeat(width))) return undefined
  return { slip: 'closer-glued', before: glued.slice(0, end).replace(/\r+$/, '') }
}
