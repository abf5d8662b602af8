/** What goes wrong at the n-th call, counted from 1. */
export interface Fault {
  readonly at: number
  /** `kill` and `kill-after` end us by SIGKILL, `kill-child` the child that is started; `short` writes one byte only. */
  readonly kind: string
}

const READS = ['EIO', 'EACCES']
const OPENS = [...READS, 'EMFILE']
const CHANGES = [...READS, 'ENOSPC']
const WRITES = [...OPENS, 'ENOSPC']

/** How each call of the file system can fail. */
const FAILURES: Readonly<Record<string, readonly string[]>> = {
  access: READS,
  appendFile: WRITES,
  copyFile: WRITES,
  fchmod: READS,
  fsync: ['EIO', 'ENOSPC'],
  link: CHANGES,
  lstat: READS,
  mkdir: CHANGES,
  open: WRITES,
  readFile: OPENS,
  readdir: OPENS,
  readlink: READS,
  rename: CHANGES,
  rm: READS,
  rmdir: READS,
  spawn: ['kill-after', 'kill-child', 'ENOENT'],
  stat: READS,
  sync: ['EIO', 'ENOSPC'],
  unlink: READS,
  utimes: READS,
  write: ['EIO', 'ENOSPC', 'short'],
  writeFile: WRITES,
}

/**
 * Every way in which these calls can go wrong. What a kill after a call leaves is what one before the next leaves, so
 * only the last call is followed by one; a child may be still at work, and has both.
 */
export function faultsOf(calls: readonly string[]): Fault[] {
  const faults = calls.flatMap((call, index) => {
    const failures = FAILURES[call]
    if (!failures) throw new Error(`${call}: how can it fail?`)
    return ['kill', ...failures].map((kind) => ({ at: index + 1, kind }))
  })
  return [...faults, { at: calls.length, kind: 'kill-after' }]
}
