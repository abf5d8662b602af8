import type { Git } from './git-call.ts'

/** Keeps a commit that is on no branch any more; says where, or nothing. */
export type Keep = (commit: string | undefined | null) => Promise<string>

/** @param ref for the first such commit; the others are kept under it with a number */
export function commitKeeper(ref: string, git: Git): Keep {
  const kept = new Map<string, string>()
  return async (commit) => {
    if (commit === undefined || commit === null) return ''
    const name = kept.get(commit) ?? (kept.size === 0 ? ref : `${ref}-${kept.size + 1}`)
    if ((await git('update-ref', name, commit)) === undefined) return ''
    kept.set(commit, name)
    return ` (${commit.slice(0, 12)} is kept as ${name})`
  }
}
