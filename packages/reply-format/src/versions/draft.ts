import type { DeviationCode } from '../deviations.ts'

/** A new version under review, beside the present one. */
export interface Draft {
  /** Where the file lies in the tree. */
  readonly path: string
  readonly lines: readonly string[]
  /** The lines of the present version; undefined for a new file. */
  readonly oldLines: readonly string[] | undefined
}

/** A slip and what was done about it, or why the version is refused. */
export interface Remark {
  readonly code: DeviationCode
  readonly message: string
}

const trimmedLines = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Whether any line of the present version, without blanks at its ends, is this one. */
export function oldHolds({ oldLines }: Draft, line: string): boolean {
  if (!oldLines) return false
  let trimmed = trimmedLines.get(oldLines)
  if (!trimmed) {
    trimmed = new Set(oldLines.map((old) => old.trim()))
    trimmedLines.set(oldLines, trimmed)
  }
  return trimmed.has(line.trim())
}

/** A line for a message: in quotes, without control characters, and not too long. */
export function quoteLine(line: string): string {
  const plain = line.trim().replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '?')
  return `"${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}"`
}
