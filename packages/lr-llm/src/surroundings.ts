import type { Io } from '@loop-runner/cli-kit'

/** What an engine needs of its surroundings; an Io has it all. */
export type Surroundings = Pick<Io, 'env' | 'cwd' | 'signal' | 'progress' | 'detail' | 'warn' | 'onInterrupt'>
