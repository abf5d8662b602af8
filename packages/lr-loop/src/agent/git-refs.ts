import type { Keep } from './commit-keeper.ts'
import { type Git, outcomeOf } from './git-call.ts'
import type { GitState } from './git-state.ts'

export type Refs = Readonly<Record<string, string>>

export async function readRefs(git: Git): Promise<Record<string, string>> {
  const lines = (await git('for-each-ref', '--format=%(refname) %(objectname)')) ?? ''
  return Object.fromEntries(
    lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ') as [string, string]])),
  )
}

/** Refs that were deleted, and those that lost something; the branch of a repository without a commit has none again. */
export async function putRefsBack(before: GitState, refs: Refs, keep: Keep, git: Git): Promise<string[]> {
  const told: string[] = []
  for (const [ref, old] of Object.entries(before.refs)) {
    const found = refs[ref]
    // The log of the stashes is put back whole.
    if (found === old || ref === 'refs/stash') continue
    if (found !== undefined && !(await isLost(ref, old, found, before, git))) {
      if (isOwn(ref, before)) told.push(`${ref}: moved on; it was left so`)
      continue
    }
    const kept = await keep(found)
    const outcome = await outcomeOf('put back', git, 'update-ref', ref, old)
    const moved = ref === before.branch ? 'moved, which is for the loop' : 'moved'
    const lost = outcome === 'it was put back' ? '' : ` (${short(old)})`
    told.push(`${ref}: ${found === undefined ? 'deleted' : moved}; ${outcome}${lost}${kept}`)
  }
  return [...told, ...(await putBirthBack(before, refs, keep, git))]
}

/** Created refs: those that end with an operation, or that change git's output, are deleted. */
export async function putNewRefsBack(before: GitState, refs: Refs, git: Git): Promise<string[]> {
  const told: string[] = []
  for (const [ref, hash] of Object.entries(refs)) {
    if (before.refs[ref] !== undefined || ref === before.branch) continue
    if (ref.startsWith('refs/bisect/')) await git('update-ref', '-d', ref)
    else if (ref.startsWith('refs/replace/')) {
      const outcome = await outcomeOf('deleted', git, 'update-ref', '-d', ref)
      told.push(`${ref}: it replaced an object by ${short(hash)}; ${outcome}`)
    } else if (isOwn(ref, before)) told.push(`${ref}: made; it was left there`)
  }
  return told
}

/** In a repository without a commit, the first one is for the loop, too. */
async function putBirthBack({ branch, commit }: GitState, refs: Refs, keep: Keep, git: Git): Promise<string[]> {
  const found = branch === null ? undefined : refs[branch]
  if (branch === null || commit !== null || found === undefined) return []
  const kept = await keep(found)
  const outcome = await outcomeOf('put back', git, 'update-ref', '-d', branch)
  return [`${branch}: committed to, which is for the loop; ${outcome}${kept}`]
}

/** A branch that others moved on is theirs; the one that the loop is on, a tag, and a ref that lost commits, are put back. */
async function isLost(ref: string, old: string, found: string, { branch }: GitState, git: Git): Promise<boolean> {
  if (ref === branch || /^refs\/(?:tags|replace)\//.test(ref)) return true
  return (await git('merge-base', '--is-ancestor', old, found)) === undefined
}

/** Not of a fetch, of the loop, or of another working tree, where others are at work. */
function isOwn(ref: string, { folder, common }: GitState): boolean {
  return folder === common && !/^refs\/(?:remotes\/|loop-runner\/|stash$)/.test(ref)
}

function short(hash: string): string {
  return hash.slice(0, 12)
}
