import type { DeviationCode } from './deviations.ts'
import { looksLikePath } from './reading/opener.ts'

/** What a name means in a tree. */
export type MatchedName =
  | { readonly path: string; readonly slip: DeviationCode | undefined; readonly isNew: boolean }
  | { readonly refused: DeviationCode; readonly message: string }

/** What has to be known about the tree. */
export interface NameContext {
  readonly isFile: (path: string) => boolean
  /** The files that the model may have been shown; asked only for a name that is no file's. */
  readonly offered: () => readonly string[]
  /** The last part of the root's own path. */
  readonly rootName: string
  /** Whether there may be a new file of this name. */
  readonly allowsNew: (path: string) => boolean
  /** Whether the name is certainly that of a new file, however near it is to another's. */
  readonly isExact: boolean
}

/** How a name that is no file's may mean a file. */
interface Way {
  readonly slip: DeviationCode
  /** Whether it could also be a new file's name; then nothing is written on a guess. */
  readonly isDoubtful: boolean
  readonly test: (name: string, context: NameContext) => (file: string) => boolean
}

const NEVER = () => false

/** The first way that finds a file counts. */
const WAYS: readonly Way[] = [
  sure('diff-prefix', (name, { offered }) => {
    const [folder, rest] = [name.slice(0, 2), name.slice(2)]
    if (!/^[ab]\/$/.test(folder) || offered().some((file) => file.startsWith(folder))) return NEVER
    return (file) => file === rest
  }),
  sure('encoded-name', (name) => {
    const decoded = decodeName(name)
    return decoded === name ? NEVER : (file) => file === decoded
  }),
  sure('lookalike', (name) => {
    const folded = foldLookalikes(name)
    return (file) => foldLookalikes(file) === folded
  }),
  sure('letter-case', (name) => {
    const small = name.toLowerCase()
    return (file) => file.toLowerCase() === small
  }),
  sure('foreign-prefix', (name, { rootName }) => {
    const rest = name.replace(/^\/?(?:(?:path|your|my)\/to\/|(?:repo|repository|project|workspace)\/)/i, '')
    const inside = name.startsWith(`${rootName}/`) ? name.slice(rootName.length + 1) : name
    return rest === name && inside === name ? NEVER : (file) => file === rest || file === inside
  }),
  doubtful('base-name', (name) => (name.includes('/') ? NEVER : (file) => file.endsWith(`/${name}`))),
  doubtful('foreign-prefix', (name) => (file) => name.endsWith(`/${file}`)),
]

/** Finds the file that a clean name means, or says that it is a new one's (D25, D26, D38–D44). */
export function matchName(name: string, context: NameContext): MatchedName {
  if (name !== '' && context.isFile(name)) return { path: name, slip: undefined, isNew: false }
  if (context.isExact) return { path: name, slip: undefined, isNew: true }
  const offered = context.offered()
  return name === ''
    ? matchNothing(offered)
    : (matchOffered(name, offered, context) ?? matchNew(name, offered, context))
}

function matchOffered(name: string, offered: readonly string[], context: NameContext): MatchedName | undefined {
  for (const { slip, isDoubtful, test } of WAYS) {
    const found = offered.filter(test(name, context))
    const [path] = found
    if (path === undefined) continue
    if (found.length === 1 && !(isDoubtful && mayBeNew(name, context))) return { path, slip, isNew: false }
    return { refused: slip, message: `which file is meant? ${listSome(found)}${orNew(name, context)}` }
  }
  return undefined
}

function matchNew(name: string, offered: readonly string[], context: NameContext): MatchedName {
  if (!isPathLike(name)) return { refused: 'not-a-path', message: NOT_A_PATH }
  const near = offered.find((file) => isNear(name, file))
  if (near === undefined) return { path: name, slip: undefined, isNew: true }
  return { refused: 'near-miss', message: `no such file: did you mean ${near}?${orNew(name, context)}` }
}

function mayBeNew(name: string, { allowsNew }: NameContext): boolean {
  return isPathLike(name) && allowsNew(name)
}

const NOT_A_PATH = 'this is not the path of a file (name the file in the line that opens its block)'

function orNew(name: string, context: NameContext): string {
  return mayBeNew(name, context) ? ` (for a new file of that very name write ./${name})` : ''
}

function sure(slip: DeviationCode, test: Way['test']): Way {
  return { slip, isDoubtful: false, test }
}

function doubtful(slip: DeviationCode, test: Way['test']): Way {
  return { slip, isDoubtful: true, test }
}

function matchNothing(offered: readonly string[]): MatchedName {
  const [path] = offered
  if (path !== undefined && offered.length === 1) return { path, slip: 'no-name', isNew: false }
  const which = offered.length === 0 ? '' : `: ${listSome(offered)}`
  return { refused: 'no-name', message: `the block has no name (name the file in the line that opens it${which})` }
}

function listSome(files: readonly string[]): string {
  return files.length <= 5 ? files.join(', ') : `${files.slice(0, 5).join(', ')} and ${files.length - 5} more`
}

/** Whether a new file may bear this name: no sentence, and no word like `python` (D25). Files such as `Makefile` may. */
function isPathLike(name: string): boolean {
  if (/\s/.test(name)) return /\.[A-Za-z0-9]{1,10}$/.test(name) && name.split(/\s+/).length <= 6
  return looksLikePath(name) || /[/.A-Z_]/.test(name)
}

/** `my%20file.ts` (D43). */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** One spelling for characters that look the same: composed or not, hyphens, quotes and blanks of all kinds (D44). */
function foldLookalikes(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/\s/g, ' ')
}

/** Whether two names differ by one slip of letters: one left out, put in, or wrong, or two changed places. */
function isNear(name: string, file: string): boolean {
  if (Math.abs(name.length - file.length) > 1) return false
  const [left, right] = difference(name, file)
  const isSwap = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
  const isSlip = isSwap || (left.length <= 1 && right.length <= 1)
  // A number is meant: test1.py is not test2.py. So are short names: a.py is not b.py.
  return isSlip && !/[0-9]/.test(left + right) && stemLength(file) >= (left.length === right.length ? 4 : 3)
}

/** What is left of two texts without what they have in common at both ends. */
function difference(left: string, right: string): [string, string] {
  let from = 0
  while (from < left.length && left[from] === right[from]) from++
  let same = 0
  const most = Math.min(left.length, right.length) - from
  while (same < most && left[left.length - 1 - same] === right[right.length - 1 - same]) same++
  return [left.slice(from, left.length - same), right.slice(from, right.length - same)]
}

function stemLength(path: string): number {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '').length
}
