import type { RoundCheck } from '@loop-runner/run-report'

/** A check that follows no reply. */
export function nameCheck(iteration: number): string {
  return iteration === 0 ? 'Before any reply' : `Check ${iteration}: the files as the run left them`
}

/** What a check found, in a word. */
export function resultOf({ passed, tampered }: RoundCheck): string {
  if (tampered) return 'tampered'
  return passed ? 'pass' : 'fail'
}
