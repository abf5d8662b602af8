import type { Keep } from './commit-keeper.ts'
import { type Git, outcomeOf } from './git-call.ts'

/** Where HEAD is. */
export interface Head {
  /** Null if it is detached. */
  readonly branch: string | null
  /** Null before the first commit. */
  readonly commit: string | null
}

export async function readHead(git: Git): Promise<Head> {
  const branch = (await git('symbolic-ref', '-q', 'HEAD'))?.trim()
  const commit = (await git('rev-parse', '-q', '--verify', 'HEAD'))?.trim()
  return { branch: branch || null, commit: commit || null }
}

export async function putHeadBack(before: Head, now: Head, keep: Keep, git: Git): Promise<string[]> {
  if (now.branch === before.branch && (before.branch !== null || now.commit === before.commit)) return []
  const args =
    before.branch === null
      ? ['update-ref', '--no-deref', 'HEAD', before.commit ?? '']
      : ['symbolic-ref', 'HEAD', before.branch]
  const kept = now.branch === null ? await keep(now.commit) : ''
  const outcome = await outcomeOf('moved back', git, ...args)
  return [`HEAD: moved from ${before.branch ?? before.commit} to ${now.branch ?? now.commit}; ${outcome}${kept}`]
}
