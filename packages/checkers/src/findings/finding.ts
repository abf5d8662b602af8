/** How bad a finding is. */
export type Severity = 'error' | 'warning' | 'note'

/** One thing that a checker found, at a place. */
export interface Finding {
  /** Relative to the working directory. */
  readonly path: string
  /** From 1; undefined where the checker names none. */
  readonly line: number | undefined
  readonly column: number | undefined
  readonly severity: Severity
  /** The checker's name of the rule; may be empty. */
  readonly code: string
  readonly message: string
}

/** A finding as a line of a findings block: `path:line:col: severity code message`. */
export function writeFinding({ path, line, column, severity, code, message }: Finding): string {
  const place = [path, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
  const words = [severity, code, message].filter((word) => word !== '').join(' ')
  return `${place}: ${words}\n`.replaceAll(/[\r\n]+(?=.)/g, ' ')
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  e: 'error',
  f: 'error',
  err: 'error',
  error: 'error',
  fatal: 'error',
  w: 'warning',
  warn: 'warning',
  warning: 'warning',
  c: 'note',
  r: 'note',
  i: 'note',
  convention: 'note',
  refactor: 'note',
  hint: 'note',
  info: 'note',
  information: 'note',
  note: 'note',
  style: 'note',
}

/** What checkers call a severity, in our words; an error where they do not say. */
export function severityOf(word: string | undefined): Severity {
  return SEVERITIES[(word ?? '').toLowerCase().replace(/^fatal error$/, 'fatal')] ?? 'error'
}
