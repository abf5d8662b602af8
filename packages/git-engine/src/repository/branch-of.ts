import type { Head } from './engine.ts'

export const BRANCHES = 'refs/heads/'

/** The branch that HEAD is on, without `refs/heads/`. */
export function branchOf({ ref }: Head): string | undefined {
  return ref?.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : undefined
}
