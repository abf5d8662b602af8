import type { Io } from '@loop-runner/cli-kit'

/** The parts of a program's Io that a recovery uses. */
export type RecoveryIo = Pick<Io, 'cwd' | 'env' | 'warn'>
