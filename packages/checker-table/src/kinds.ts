import type { Outcome } from '@loop-runner/stage-protocol'

/** What kind of work a checker does. Tests and scripts run the code itself, so its endless loops and crashes are the code's. */
export type Kind = (typeof KINDS)[number]

export const KINDS = ['syntax', 'lint', 'type', 'format', 'test', 'script'] as const

/** What a run's outcome says about the sources: they are right, they are wrong, or nothing that can be trusted. */
export function verdictOf(outcome: Outcome, kind: Kind): 'pass' | 'fail' | 'unknown' {
  switch (outcome) {
    case 'pass':
    case 'fail':
      return outcome
    case 'timeout':
    case 'killed':
      return runsCode(kind) ? 'fail' : 'unknown'
    case 'error':
    case 'missing':
    case 'none':
      return 'unknown'
  }
}

export function runsCode(kind: Kind): boolean {
  return kind === 'test' || kind === 'script'
}
