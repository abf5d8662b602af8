import type { Refusal } from '../guard/judge-path.ts'
import type { Limits } from './plan-reply.ts'

export const TWO_VERSIONS: Refusal = {
  code: 'two-readings',
  message: 'two different versions of the same file, one of them in a fence (send one of them, in a block)',
}

export const NO_RENAME: Refusal = { code: 'rename', message: 'renaming files is not allowed here (keep the name)' }

export const THERE: Refusal = { code: 'rename', message: 'there is a file of this name already (send its new version)' }

export const BOTH: Refusal = { code: 'deletion', message: 'a new version of a file and its deletion in one reply' }

/** Refuses a file by its size. */
export function tooLarge({ bytes }: Limits): Refusal {
  return { code: 'too-much', message: `larger than ${bytes} bytes` }
}

/** Refusals of a change that do not matter if the file is sent back as it is. */
export const LEFT_AS_IT_IS = new Set<Refusal['code']>(['protected', 'not-offered', 'read-only'])
