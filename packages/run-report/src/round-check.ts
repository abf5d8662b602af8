import type { RoundCheck } from './report.ts'

/** The last check of a run; undefined before the first one has ended. */
export function lastCheck<Check>(rounds: readonly { readonly check?: Check | undefined }[]): Check | undefined {
  return rounds.findLast(({ check }) => check)?.check
}

/** What a check found, in a word. */
export function resultOf({ passed, tampered }: Pick<RoundCheck, 'passed' | 'tampered'>): string {
  if (tampered) return 'tampered'
  return passed ? 'pass' : 'fail'
}
