import { basename } from 'node:path'
import { isRole } from '@loop-runner/block-format'
import { cleanName, type DeviationCode, matchName } from '@loop-runner/reply-format'
import { judgePath } from './judge-path.ts'
import type { TreeView } from '../tree-view.ts'

/** What a block's name means. */
export type Resolved =
  | { readonly path: string; readonly isNew: boolean; readonly slips: readonly DeviationCode[] }
  | { readonly leaveOut: true }
  | { readonly refused: DeviationCode; readonly message: string }

/** What a name may mean. */
export interface Offer {
  /** The files that the model may have been shown. */
  readonly files: readonly string[]
  readonly allowsNew: (path: string) => boolean
  /** Whether a name that is nearly a file's may be that of a new file. */
  readonly allowsNearMiss: boolean
}

/** Turns a block's name into a path that judgePath lets through, or says why it is refused. */
export function resolveName(name: string, tree: TreeView, offer: Offer): Resolved {
  const clean = cleanName(name, tree.isThere)
  if (!('path' in clean)) return clean
  const plain = plainSpelling(clean.path, tree, offer)
  const slips = [...clean.slips, ...(plain.slip ? [plain.slip] : [])]
  // A name of nothing but decoration may still mean the only file there is.
  const refusal = plain.path === '' ? undefined : judgePath(plain.path)
  if (refusal) return { refused: refusal.code, message: refusal.message }
  const matched = matchName(plain.path, {
    isFile: tree.isThere,
    offered: () => offer.files,
    rootName: basename(tree.rootPath),
    allowsNew: offer.allowsNew,
    // A role's name has to be written so; of any other it says that just this path is meant.
    isExact: offer.allowsNearMiss || (name.startsWith('./') && !isRole(name.slice(2))),
  })
  if ('refused' in matched) return matched
  if (matched.isNew && /[*?<>|"]/.test(matched.path)) return { refused: 'bad-name', message: DECORATED }
  const again = judgePath(matched.path)
  if (again) return { refused: again.code, message: again.message }
  return { path: matched.path, isNew: matched.isNew, slips: matched.slip ? [...slips, matched.slip] : slips }
}

const DECORATED = 'no name of a new file: it has one of * ? < > | " (write the plain path)'

/** A path of ours that is only spelled in a way that would be refused: absolute, with backslashes, with escapes. */
function plainSpelling(path: string, tree: TreeView, { files }: Offer): { path: string; slip?: DeviationCode } {
  const inside = path.startsWith(`${tree.rootPath}/`) ? path.slice(tree.rootPath.length + 1) : undefined
  if (inside !== undefined && tree.isThere(inside)) return { path: inside, slip: 'absolute' }
  if (path.startsWith('/') && inside === undefined) {
    // Of a tree that lies elsewhere: in a container, on the machine that the model has in mind.
    const [only, other] = files.filter((file) => path.endsWith(`/${file}`))
    if (only !== undefined && other === undefined) return { path: only, slip: 'absolute' }
  }
  if (!path.includes('\\')) return { path }
  const unescaped = path.replaceAll(/\\(?=[_*[\]()#.-])/g, '')
  if (tree.isThere(unescaped)) return { path: unescaped, slip: 'encoded-name' }
  const slashed = path.replaceAll('\\', '/')
  return /^[^\\/:]+(?:\\[^\\/:]+)+$/.test(path) ? { path: slashed, slip: 'windows-name' } : { path }
}
