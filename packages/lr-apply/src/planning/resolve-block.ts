import { type DeviationCode, type ReplyBlock, resemblesWhole } from '@loop-runner/reply-format'
import { type Offer, type Resolved, resolveName } from '../guard/resolve-name.ts'
import type { TreeView } from '../tree-view.ts'
import { planVersion, startFile, type Tolerance } from './plan-version.ts'
import { PLAIN_STYLE } from './text-style.ts'

/** Of more files none is looked for. */
const MOST_FILES = 500
/** A larger version is not compared with every file. */
const MOST_BYTES = 1e6

/** What decides about a block. */
interface Deciding {
  readonly offer: Offer
  readonly tolerance: Tolerance
}

/** What the name of a block means; if it is no path, the content may tell which file the block is about. */
export function resolveBlock(
  name: string,
  block: ReplyBlock,
  tree: TreeView,
  { offer, tolerance }: Deciding,
): Resolved {
  const resolved = resolveName(name, tree, offer)
  if (!('refused' in resolved) || !SAYS_NOTHING.has(resolved.refused)) return resolved
  const path = fileMeant(block, offer.files, tree, tolerance)
  return path === undefined ? resolved : { path, isNew: false, slips: ['no-name'] }
}

const SAYS_NOTHING = new Set<DeviationCode>(['no-name', 'not-a-path'])

/**
 * The one file that a block without the name of a file can be about: the one in which its edits find their places, or whose
 * lines its content has.
 *
 * @returns undefined if no file is, or several are
 */
function fileMeant(
  block: ReplyBlock,
  files: readonly string[],
  tree: TreeView,
  tolerance: Tolerance,
): string | undefined {
  if (files.length > MOST_FILES || block.content.length > MOST_BYTES) return undefined
  const found = files.filter((path) => fits(block, path, tree, tolerance))
  return found.length === 1 ? found[0] : undefined
}

function fits(block: ReplyBlock, path: string, tree: TreeView, tolerance: Tolerance): boolean {
  const old = tree.textOf?.(path)
  const file = old === undefined ? undefined : startFile(path, tree.read(path), PLAIN_STYLE)
  if (old === undefined || file === undefined) return false
  if (resemblesWhole(block.content, old)) return true
  const { planned, isEdit } = planVersion(file, block, tolerance, '')
  return planned !== undefined && isEdit === true && planned.text !== old
}
