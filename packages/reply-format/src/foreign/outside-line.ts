/** A line of the reply that is outside blocks and reasoning. */
export interface OutsideLine {
  /** Its place in the reply, from 0. */
  readonly index: number
  readonly text: string
}

/** The text of the line at a place; empty if not found. */
export function textAt(lines: readonly OutsideLine[], at: number): string {
  return lines[at]?.text ?? ''
}

/** Where the line at a place is in the reply. */
export function indexAt(lines: readonly OutsideLine[], at: number): number {
  return Number(lines[at]?.index)
}
