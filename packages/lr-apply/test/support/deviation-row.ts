import type { DeviationCode } from '@loop-runner/reply-format'
import type { ApplyOptions } from '../../src/apply-options.ts'
import { block } from './plan-in.ts'

/** A reply that deviates, and what comes of it in the tree of deviations.test.ts. */
export interface Row {
  readonly code: DeviationCode
  readonly reply: string
  readonly files?: Readonly<Record<string, string>>
  readonly operands?: readonly string[]
  readonly options?: Partial<ApplyOptions>
  /** What is written, `null` for a file that is deleted; default: nothing. */
  readonly writes?: Readonly<Record<string, string | null>>
  /** What holds its version already. */
  readonly leaves?: readonly string[]
  /** The finding's path; `null` where it has none. Only for what is refused. */
  readonly refuses?: string | null
  /** Who says what it means: it is taken as it stands, and nothing is noted. */
  readonly leftTo?: 'the check' | 'the loop'
  readonly declares?: string
  readonly explains?: string
}

/** A new version of a.ts, as a block and as it is written. */
export const A = block('a.ts', 'new\n')
export const NEW = { 'a.ts': 'new\n' }
