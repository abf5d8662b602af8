/** The roles of blocks (docs/format.md). A stage passes on every block whose role is not among those that it reads. */
export const ROLE = {
  /** The unnamed block: a command line, which opens a run. */
  run: '',
  status: 'status',
  outcome: 'outcome',
  stdout: 'stdout',
  stderr: 'stderr',
  score: 'score',
  findings: 'findings',
  notRun: 'not-run',
  instructions: 'instructions',
  changed: 'changed',
  unchanged: 'unchanged',
  rejected: 'rejected',
  declared: 'declared',
  show: 'show',
  blocked: 'blocked',
  explanation: 'explanation',
  diff: 'diff',
  usage: 'usage',
  branch: 'branch',
  commit: 'commit',
} as const

export type Role = (typeof ROLE)[keyof typeof ROLE]

/** Roles that belong to the run before them. */
export const RUN_ROLES = [ROLE.status, ROLE.outcome, ROLE.stdout, ROLE.stderr, ROLE.score, ROLE.findings] as const
export type RunRole = (typeof RUN_ROLES)[number]
