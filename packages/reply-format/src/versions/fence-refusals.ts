import { diffLines } from '../diff-lines.ts'
import { fitOf } from '../foreign/languages.ts'
import type { FenceOrigin } from '../reply.ts'
import type { Draft, Remark } from './draft.ts'
import { mentions, namesDefined, namesGone } from './gone.ts'

/** Fewer lines than this share of the old ones, and the version may be a part of the file. */
const SHORTER = 0.8
const KEPT = 0.5

/**
 * Says why the lines of a fence are not the whole new version of a file: a model was asked for a block, and in a fence it
 * may as well show a part of the file, an example or an output.
 */
export function refuseFence(draft: Draft, { language, isNamed }: FenceOrigin, explanation: string): Remark | undefined {
  const fit = fitOf(language, draft.path)
  if (!isNamed && (fit === 'other' || ((fit === 'neutral' || definesOthers(draft)) && !resembles(draft)))) {
    const message = 'code in a fence, without the path of its file (send the whole file in a block)'
    return { code: 'fence-unclear', message }
  }
  const { path, lines, oldLines } = draft
  if (!oldLines || written(oldLines) < 2) return undefined
  const what = partOf({ path, lines, oldLines }, explanation)
  return what === undefined
    ? undefined
    : { code: 'snippet', message: `a part of the file: ${what} (send the whole file in a block)` }
}

/** Whether a version defines none of the names that the present one does: it may be another file, or show how to use it. */
function definesOthers({ path, lines, oldLines = [] }: Draft): boolean {
  const old = namesDefined(path, oldLines)
  const next = namesDefined(path, lines)
  return old.size > 0 && ![...old].some((name) => next.has(name))
}

/** Whether half of the lines of either version are in the other one. */
function resembles({ lines, oldLines = [] }: Draft): boolean {
  const shared = keptOf(lines, oldLines)
  return shared > 0 && shared >= KEPT * Math.min(written(oldLines), written(lines))
}

/** What shows that a version is a part of the file; undefined if nothing does. */
function partOf(draft: Draft & { readonly oldLines: readonly string[] }, explanation: string): string | undefined {
  const { lines, oldLines } = draft
  const [size, oldSize] = [written(lines), written(oldLines)]
  const needed = importsStillUsed(lines, oldLines)
  if (needed !== undefined) return `${needed} is used, and no longer imported`
  if (size >= oldSize) return undefined
  const gone = namesGone(draft)
  const unnamed = gone.filter((name) => !mentions(explanation, name))
  if (unnamed.length > 0) return `without ${unnamed.slice(0, 8).join(', ')}`
  if (gone.length > 0) return undefined
  const isShort = oldSize >= 4 && size < SHORTER * oldSize && keptOf(lines, oldLines) < KEPT * oldSize
  return isShort ? `${size} lines instead of ${oldSize}` : undefined
}

/** A name that the first lines of the file import, which are gone, and that is used all the same. */
function importsStillUsed(lines: readonly string[], oldLines: readonly string[]): string | undefined {
  const [first] = diffLines(oldLines, lines)
  if (first?.left !== 0) return undefined
  const imports = oldLines
    .slice(0, first.removed)
    .filter((line) => /^\s*(?:import|from|use|using|require|#include|const \w+ = require)\b/.test(line))
  const text = lines.join('\n')
  const names = imports.flatMap((line) =>
    [...line.replace(/^\s*(?:from\s+\S+\s+)?(?:import|use|using)\b/, '').matchAll(/[A-Za-z_]\w+/g)].map(String),
  )
  return names.find((name) => !KEYWORDS.has(name) && mentions(text, name) && !isDeclared(text, name))
}

const KEYWORDS = new Set(['import', 'from', 'as', 'type', 'const', 'require', 'default', 'include', 'static'])

function isDeclared(text: string, name: string): boolean {
  return new RegExp(
    String.raw`^\s*(?:import|from|use|using|const|let|var|def|class|function|#include)\b.*\b${name}\b`,
    'm',
  ).test(text)
}

function written(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== '').length
}

/** How many lines of the old version the new one has. */
function keptOf(lines: readonly string[], oldLines: readonly string[]): number {
  const there = new Set(lines.map((line) => line.trim()))
  return oldLines.filter((line) => line.trim() !== '' && there.has(line.trim())).length
}
