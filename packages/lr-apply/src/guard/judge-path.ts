import type { DeviationCode } from '@loop-runner/reply-format'
import { CONTROL, HIDDEN } from '@loop-runner/cli-kit'
import { foldName } from '@loop-runner/source-files'

/** Why something is refused, in words that a model can act on. */
export interface Refusal {
  readonly code: DeviationCode
  readonly message: string
}

const LONGEST_SEGMENT_BYTES = 255
const LONGEST_PATH_BYTES = 4095
/** Emoji and several scripts need the zero-width joiners. */
const JOINER = '[\\u200c\\u200d]'
const UNUSABLE = /[\t\n\ufffd]|\p{Surrogate}|\p{Noncharacter_Code_Point}/u
const CONTROLS = new RegExp(`${UNUSABLE.source}|${CONTROL.source}|(?!${JOINER})(?:${HIDDEN.source})`, 'u')
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?:\..*)?$/i
/** What DOS makes of `.git`. */
const SHORT_GIT = /^git~\d+$/

/**
 * Judges a path by its letters alone: only relative paths of well-formed, plain parts,
 * none of which is `.git` in any disguise, are let through. What lies on the disk is the tree's to judge.
 *
 * @returns undefined where nothing is wrong
 */
export function judgePath(path: string): Refusal | undefined {
  return (
    judgeCharacters(path) ??
    judgeRoot(path) ??
    judgeSegments(path.split('/')) ??
    (Buffer.byteLength(path) > LONGEST_PATH_BYTES ? refuse('bad-name', 'the path is too long') : undefined)
  )
}

function judgeCharacters(path: string): Refusal | undefined {
  if (!CONTROLS.test(path)) return undefined
  return refuse('control-characters', 'control or invisible characters in the name')
}

function judgeRoot(path: string): Refusal | undefined {
  if (path === '') return refuse('no-name', 'the block has no name (name the file in the line that opens it)')
  if (/^[a-z][a-z0-9+.-]+:\/?\//i.test(path)) {
    return refuse('absolute', 'an address is no path of a file (write the path from the top folder of the work)')
  }
  if (path.startsWith('/') || path.startsWith('~')) {
    return refuse('absolute', 'outside the working tree (write the path from the top folder of the work)')
  }
  if (/^[a-z]:/i.test(path) || path.startsWith('\\\\')) return refuse('windows-name', 'outside the working tree')
  return undefined
}

function judgeSegments(segments: readonly string[]): Refusal | undefined {
  if (segments.flatMap((segment) => spellings(segment)).includes('..')) {
    return refuse('traversal', 'outside the working tree ("..")')
  }
  if (segments.at(-1) === '') return refuse('not-a-file', 'a folder, not a file (name the file)')
  for (const segment of segments) {
    const refusal = judgeSegment(segment)
    if (refusal) return refusal
  }
  return undefined
}

function judgeSegment(segment: string): Refusal | undefined {
  if (segment === '' || segment === '.') return refuse('untidy-name', 'an empty or "." part in the path')
  if (spellings(segment).some(isGit)) return refuse('git-folder', '.git is never written')
  if (segment.includes('\\') || segment.includes(':'))
    return refuse('windows-name', 'a backslash or a colon in the name')
  if (DEVICE.test(segment.trimEnd())) return refuse('windows-name', 'the name of a device')
  if (/^ |[. ]$/.test(segment))
    return refuse('bad-name', 'a part of the path begins or ends with a blank, or ends with a dot')
  if (/[%]2[ef]|%5c|%00/i.test(segment)) return refuse('traversal', 'dots or slashes in disguise')
  if (Buffer.byteLength(segment) > LONGEST_SEGMENT_BYTES) return refuse('bad-name', 'a part of the path is too long')
  return undefined
}

/** A segment as it stands, folded, with escapes undone, and without what names a stream of a file. */
function spellings(segment: string): string[] {
  // Most names have but one spelling.
  if (/^[\w-]+(?:\.[\w-]+)*$/.test(segment)) return [segment]
  const decoded = segment.replaceAll(/%2e/gi, '.').replaceAll(/%2f|%5c/gi, '/')
  return [segment, decoded, ...decoded.split(/[\\/]/)].flatMap((spelling) => [
    spelling.trim(),
    foldName(spelling),
    foldName(spelling.replace(/:.*/s, '')),
  ])
}

function isGit(spelling: string): boolean {
  return spelling === '.git' || SHORT_GIT.test(spelling)
}

function refuse(code: DeviationCode, message: string): Refusal {
  return { code, message }
}
