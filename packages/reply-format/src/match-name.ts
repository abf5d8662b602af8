import type { DeviationCode } from './deviations.ts'
import { looksLikePath } from './opener.ts'

/** What a name means in a tree. */
export type MatchedName =
  | { readonly path: string; readonly slip: DeviationCode | undefined; readonly isNew: boolean }
  | { readonly refused: DeviationCode; readonly message: string }

/** What has to be known about the tree. */
export interface NameContext {
  readonly isFile: (path: string) => boolean
  /** The files that the model may have been shown; asked only for a name that is no file's. */
  readonly offered: () => readonly string[]
  /** Whether a name that is nearly a file's may be that of a new file. */
  readonly allowsNearMiss: boolean
}

/** How a name that is no file's may mean one; the first way that finds exactly one file counts. */
const WAYS: readonly [DeviationCode, (name: string, file: string) => boolean][] = [
  ['diff-prefix', (name, file) => /^[ab]\//.test(name) && name.slice(2) === file],
  ['windows-name', (name, file) => name.includes('\\') && name.replaceAll('\\', '/') === file],
  ['encoded-name', (name, file) => decodeName(name) === file],
  ['lookalike', (name, file) => foldLookalikes(name) === foldLookalikes(file)],
  ['letter-case', (name, file) => name.toLowerCase() === file.toLowerCase()],
  ['foreign-prefix', (name, file) => file.includes('/') && name.endsWith(`/${file}`)],
  ['base-name', (name, file) => !name.includes('/') && file.endsWith(`/${name}`)],
  ['foreign-prefix', (name, file) => name.endsWith(`/${file}`)],
]

/** Finds the file that a clean name means, or says that it is a new one's (D25, D26, D38–D44). */
export function matchName(name: string, context: NameContext): MatchedName {
  if (name !== '' && context.isFile(name)) return { path: name, slip: undefined, isNew: false }
  const offered = context.offered()
  if (name === '') return matchNothing(offered)
  for (const [slip, isMeant] of WAYS) {
    const found = offered.filter((file) => isMeant(name, file))
    const [path] = found
    if (path !== undefined && found.length === 1) return { path, slip, isNew: false }
    if (found.length > 1) return { refused: slip, message: `which file is meant? (${listSome(found)})` }
  }
  if (!isPathLike(name))
    return {
      refused: 'not-a-path',
      message: 'this is not the path of a file (name the file in the line that opens its block)',
    }
  const near = context.allowsNearMiss ? undefined : offered.find((file) => isNear(name, file))
  if (near !== undefined) return { refused: 'near-miss', message: `no such file: did you mean ${near}?` }
  return { path: name, slip: undefined, isNew: true }
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

/** `my\_file.py`, `my%20file.ts` (D43). */
function decodeName(name: string): string {
  const plain = name.replaceAll(/\\(?=[_*[\]()#.-])/g, '')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
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
