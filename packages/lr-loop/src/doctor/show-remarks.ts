/** One finding of `lr-loop doctor`. */
export interface Remark {
  /** `!!` keeps a loop from running. */
  readonly level: 'ok' | 'note' | '!!'
  readonly subject: string
  readonly text: string
}

/** One line each, in columns. */
export function showRemarks(remarks: readonly Remark[]): string {
  const width = Math.max(...remarks.map(({ subject }) => subject.length))
  return remarks.map(({ level, subject, text }) => `${level.padEnd(4)}  ${subject.padEnd(width)}  ${text}\n`).join('')
}
