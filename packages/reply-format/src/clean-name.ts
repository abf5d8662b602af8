import { pathOfName } from '@loop-runner/block-format'
import type { DeviationCode } from './deviations.ts'

/** What a block's name says once its decoration is off. */
export type CleanName =
  | { readonly path: string; readonly slips: readonly DeviationCode[] }
  | { readonly leaveOut: true }
  | { readonly refused: DeviationCode; readonly message: string }

type Step = readonly [slip: DeviationCode, pattern: RegExp, replacement: string]

const DECORATION: readonly Step[] = [
  ['untidy-name', /^\s+|\s+$/, ''],
  ['decorated-name', /^(\*\*?|__?(?=.*[./])|~~|`+|["'])(.+)\1(:?)$/, '$2$3'],
  ['decorated-name', /^“(.+)”$/, '$1'],
  ['decorated-name', /^\[([^\]]+)\]\([^()]*\)$/, '$1'],
  ['decorated-name', /^<([^<>]+)>$/, '$1'],
  ['decorated-name', /^\(([^()]*[./][^()]*)\)$/, '$1'],
  ['decorated-name', /^(?:\d+[.)]|[-+*•]|📄)\s+(?=\S)/u, ''],
  ['decorated-name', /^["'](.+)["']$/, '$1'],
  ['decorated-name', /^(?:#+ *)?(?:(?:new|updated) )?(?:file(?:[ _]?name)?|(?:file[ _]?)?path)\s*[:=]\s*/i, ''],
  ['decorated-name', /^#+ +/, ''],
  ['decorated-name', /(?<=..)[:,;]$/, ''],
  [
    'note-in-name',
    / *[([](?:new|updated|modified|changed|fixed|full|complete|whole|edited|rewritten)(?: (?:file|version|content))?[)\]]$/i,
    '',
  ],
  ['untidy-name', /^(?:\.\/)+(?=.)/, ''],
  ['untidy-name', /(?<=[^/])\/{2,}(?=[^/])/, '/'],
  ['untidy-name', /\/\.(?=\/)/, ''],
]
const UNCHANGED = / *[([](?:no changes?|unchanged|same|not changed)(?: needed)?[)\]]$/i
const PART = / *[([](?:part )?\d+ ?(?:\/|of) ?\d+[)\]]$/i
const RANGE = /(?::\d+(?:-\d+)?|#L\d+(?:-L?\d+)?| *[([]?lines? \d+(?: ?(?:-|to) ?\d+)?[)\]]?)$/i
const ARROW = /\S\s+(?:->|=>|→)\s+\S/

/**
 * Takes off a name what models put on it (D23, D24, D37), unless a file bears that very name.
 *
 * @param isFile whether a path is that of a file
 */
export function cleanName(name: string, isFile: (path: string) => boolean): CleanName {
  const plain = pathOfName(name)
  if (isFile(plain)) return { path: plain, slips: [] }
  if (UNCHANGED.test(name)) return { leaveOut: true }
  if (PART.test(name)) return refuse('split-file', 'a file in several parts (send the whole file in one block)')
  if (ARROW.test(name)) {
    return refuse('rename', 'files cannot be renamed (send the new file, and the old one without what moved)')
  }
  const { path, slips } = strip(name, isFile)
  if (RANGE.test(path) && !isFile(path)) {
    return refuse('line-range', 'a range of lines cannot be replaced (send the whole file, or a SEARCH/REPLACE edit)')
  }
  return { path, slips }
}

function strip(name: string, isFile: (path: string) => boolean): { path: string; slips: DeviationCode[] } {
  const slips = new Set<DeviationCode>()
  let path = pathOfName(name)
  for (let changed = true; changed && !isFile(path);) {
    changed = false
    for (const [slip, pattern, replacement] of DECORATION) {
      const next = path.replace(pattern, replacement)
      if (next === path || next === '') continue
      path = next
      slips.add(slip)
      changed = true
    }
  }
  return { path, slips: [...slips] }
}

function refuse(refused: DeviationCode, message: string): CleanName {
  return { refused, message }
}
