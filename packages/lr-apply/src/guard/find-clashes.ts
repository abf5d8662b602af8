import { type Change, RefusedPath } from '@loop-runner/file-transaction'
import type { Finding } from '@loop-runner/reply-format'
import { foldName } from '@loop-runner/source-files'
import type { TreeView } from '../tree-view.ts'

/** New files that cannot stand beside each other, or beside what is there (D35, D42). */
export function findClashes(changes: readonly Change[], tree: TreeView): Finding[] {
  const byFold = new Map<string, string>()
  const clashes: Finding[] = []
  for (const { path, old } of changes) {
    const fold = path.split('/').map(foldName).join('/')
    const other = byFold.get(fold)
    const clash = other !== undefined ? clashWith(other, path) : old ? undefined : clashOnDisk(path, tree)
    if (clash) clashes.push(clash)
    byFold.set(fold, path)
  }
  for (const { path } of changes) {
    const folder = foldersOf(path).find((one) => byFold.has(one.split('/').map(foldName).join('/')))
    if (folder !== undefined)
      clashes.push({ code: 'not-a-file', path, message: `${folder} is a file of this reply too` })
  }
  return clashes
}

function clashWith(other: string, path: string): Finding {
  const message = `differs from ${other} in nothing that every file system can tell apart (use the exact name)`
  return { code: 'letter-case', path, message }
}

/** A folder on the way may have become a link since the path was judged. */
function clashOnDisk(path: string, tree: TreeView): Finding | undefined {
  try {
    const twin = tree.findTwin(path)
    return twin === undefined ? undefined : clashWith(twin, path)
  } catch (error) {
    if (error instanceof RefusedPath) return { ...error.refusal, path }
    throw error
  }
}

/** The folders of a path, outermost first: `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}
