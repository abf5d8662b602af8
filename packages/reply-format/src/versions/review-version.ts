import { foreignFence, REFUSALS, WHOLE_REFUSALS } from './content-refusals.ts'
import { REPAIRS } from './content-repairs.ts'
import { type Draft, type Remark } from './draft.ts'
import { isProse } from '../file-kind.ts'
import { describeGone, mentions } from './gone.ts'
import { readEdits } from './read-content.ts'
import type { Edited } from './edit.ts'
import type { FenceOrigin } from '../reply.ts'
import { refuseFence } from './fence-refusals.ts'
import { findSecret } from './secret.ts'
import { joinLines, linesOf } from '../text-lines.ts'

/** What to review: a block's content as the reader gave it, for a file. */
export interface Version {
  readonly path: string
  readonly content: string
  /** The present version, without byte-order mark; undefined for a new file. */
  readonly old: string | undefined
  /** What an edit applies to: the present version, or what an earlier block of the reply has made of it. */
  readonly base: string | undefined
  /** Whether a far shorter version is meant, whatever the explanation says. */
  readonly allowsShrink: boolean
  /** What the reply says about its versions. */
  readonly explanation: string
  readonly allowsSecrets: boolean
  /** Whether the content is the file's, byte for byte. */
  readonly isExact?: boolean | undefined
  /** Whether the content was outside a block, as an edit. */
  readonly isEdit?: boolean | undefined
  /** What is known of the fence that the content was in; undefined if it was in a block. */
  readonly fence?: FenceOrigin | undefined
}

/** A version that may be written, its lines ended by LF, or why not. */
export type Review =
  | {
      readonly content: string
      readonly noted: readonly Remark[]
      readonly isEdit: boolean
      /** Whether the last line has a newline, if the edits say so. */
      readonly endsWithNewline?: boolean | undefined
    }
  | { readonly refused: Remark; readonly noted: readonly Remark[] }

/** Puts right or refuses the content of a block. */
export function reviewVersion(version: Version): Review {
  const { path } = version
  if (version.isExact) return reviewExact(version)
  const lines = linesOf(version.content)
  const oldLines = version.old === undefined ? undefined : linesOf(version.old)
  const baseLines = version.base === undefined ? undefined : linesOf(version.base)
  const edited = readEdits({ path, lines, base: baseLines, isEdit: version.isEdit === true })
  const made = edited ?? repair({ path, lines, oldLines })
  if ('refused' in made) return made
  const draft = { path, lines: made.lines, oldLines }
  const fenceRefused = version.fence && !edited ? refuseFence(draft, version.fence, version.explanation) : undefined
  const refused = fenceRefused ?? refuse(draft, version, edited !== undefined)
  if (refused) return { refused, noted: made.noted }
  return {
    content: joinLines(draft.lines),
    noted: [...made.noted, ...typographic(draft), ...lostIndent(draft)],
    isEdit: edited !== undefined,
    endsWithNewline: made.endsWithNewline,
  }
}

function reviewExact({ path, content, allowsSecrets }: Version): Review {
  const refused = allowsSecrets ? undefined : findSecret({ path, lines: linesOf(content), oldLines: undefined })
  return refused ? { refused, noted: [] } : { content, noted: [], isEdit: false }
}

function repair(given: Draft): Edited {
  const noted: Remark[] = []
  const refused = foreignFence(given)
  if (refused) return { refused, noted }
  let draft = given
  for (const repairOf of REPAIRS) {
    const repaired = repairOf(draft)
    if (!repaired) continue
    draft = { ...draft, lines: repaired.lines }
    noted.push(repaired.remark)
  }
  return { lines: draft.lines, noted }
}

function refuse(draft: Draft, version: Version, isEdited: boolean): Remark | undefined {
  const refusals = [...(isEdited ? [] : WHOLE_REFUSALS), ...REFUSALS, ...(version.allowsSecrets ? [] : [findSecret])]
  return firstOf(refusals, draft) ?? (isEdited || version.allowsShrink ? undefined : shrunk(draft, version.explanation))
}

function firstOf(refusals: readonly ((draft: Draft) => Remark | undefined)[], draft: Draft): Remark | undefined {
  for (const refusal of refusals) {
    const remark = refusal(draft)
    if (remark) return remark
  }
  return undefined
}

/** Fewer lines than this, and a shorter version is no loss worth asking about. */
const SMALL_LINES = 30
const SMALL_CHARACTERS = 4000
/** The part that has to be left. */
const KEPT = 0.4

/** A version far shorter than the present one is probably a part of the file (D54), if the explanation does not name what is gone. */
function shrunk({ path, lines, oldLines }: Draft, explanation: string): Remark | undefined {
  if (!oldLines) return undefined
  const [size, oldSize] = [sizeOf(lines), sizeOf(oldLines)]
  const fewLines = oldLines.length >= SMALL_LINES && lines.length < KEPT * oldLines.length
  const fewCharacters = oldSize >= SMALL_CHARACTERS && size < KEPT * oldSize
  if (!fewLines && !fewCharacters) return undefined
  const gone = describeGone({ path, lines, oldLines })
  if (gone.every((name) => mentions(explanation, name))) return undefined
  const message = `${lines.length} lines instead of ${oldLines.length}, without ${gone.join(', ')} (send the whole file; if that is meant to go, name it in the explanation)`
  return { code: 'shrunk', message }
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}

const TYPOGRAPHIC = /[\u00a0\u2018-\u201f\u2013\u2014\u2011]/

function typographic({ path, lines, oldLines }: Draft): Remark[] {
  if (isProse(path) || oldLines?.some((line) => TYPOGRAPHIC.test(line))) return []
  const index = lines.findIndex((line) => TYPOGRAPHIC.test(line))
  if (index < 0) return []
  return [{ code: 'typographic', message: `line ${index + 1} holds typographic quotes, dashes or blanks` }]
}

/** Blanks where the file is indented by tabs (D65); in a makefile they are refused. */
function lostIndent({ lines, oldLines }: Draft): Remark[] {
  const isTabbed = (line: string) => line.startsWith('\t')
  const isBlanked = lines.some((line) => line.startsWith('  '))
  if (!oldLines?.some(isTabbed) || lines.some(isTabbed) || !isBlanked) return []
  return [{ code: 'tabs-lost', message: 'indented by blanks, where the file was indented by tabs' }]
}
