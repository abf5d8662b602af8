import {
  type Change,
  type Entry,
  hashOf,
  type Journal,
  type Manifest,
  RefusedPath,
} from '@loop-runner/file-transaction'
import type { Finding } from '@loop-runner/reply-format'
import type { Plan } from './planning/plan-reply.ts'
import type { TreeView } from './tree-view.ts'

/**
 * The last reply that was applied in this folder and not taken back.
 *
 * @param ofRun only replies of this run; undefined: of anybody
 */
export function lastToUndo(journal: Journal, rootPath: string, ofRun: string | undefined): Manifest | undefined {
  const applied = journal.applied().filter(({ root }) => root === rootPath)
  const undone = new Set(applied.map(({ undoes }) => undoes))
  const isMeant = ({ undoes, run }: Manifest) => undoes === undefined && (ofRun === undefined || run === ofRun)
  return applied.find((manifest) => isMeant(manifest) && !undone.has(manifest.id))
}

/** Takes a reply back: all of it, or nothing if one of its files has changed since. */
export function planUndo(manifest: Manifest, tree: TreeView, journal: Journal): Plan {
  const changes: Change[] = []
  const rejected: Finding[] = []
  for (const entry of manifest.entries) {
    const change = undoEntry(entry, tree, journal)
    if (change) changes.push(change)
    else {
      const message = 'changed since the reply was applied, so that cannot be taken back'
      rejected.push({ code: 'changed-meanwhile', path: entry.path, message })
    }
  }
  return { changes: rejected.length === 0 ? changes : [], unchanged: [], noted: [], rejected }
}

/** Undefined where the file is not what the reply made of it, or its old version is no longer kept. */
function undoEntry({ path, old, next }: Entry, tree: TreeView, journal: Journal): Change | undefined {
  const found = readFound(tree, path)
  if (found === 'refused' || (found && hashOf(found.bytes)) !== next?.hash) return undefined
  const bytes = old && journal.kept(old.hash)
  if (old && !bytes) return undefined
  return {
    path,
    old: found && { bytes: found.bytes, mode: found.status.mode },
    next: bytes && { bytes, mode: old?.mode },
  }
}

function readFound(tree: TreeView, path: string): ReturnType<TreeView['read']> | 'refused' {
  try {
    return tree.read(path)
  } catch (error) {
    if (error instanceof RefusedPath) return 'refused'
    throw error
  }
}
