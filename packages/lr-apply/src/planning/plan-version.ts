import type { FoundFile } from '@loop-runner/file-transaction'
import { type Finding, joinLines, linesOf, type ReplyBlock, reviewVersion } from '@loop-runner/reply-format'
import { readText, type TextStyle, writeText } from './text-style.ts'

/** A file in the course of a plan: several blocks of a reply may be about it. */
export interface PlannedFile {
  readonly path: string
  /** As it lies on the disk; undefined where it does not. */
  readonly found: FoundFile | undefined
  /** Of the file that it was before it was renamed. */
  readonly mode?: number
  readonly style: TextStyle
  /** What is there, without byte-order mark. */
  readonly old: string | undefined
  /** The text that the plan gives it, its lines ended by LF; at first what is there. */
  readonly text: string | undefined
  readonly endsWithNewline: boolean
  /** Whether `text` is what to write, whatever the style. */
  readonly isExact?: boolean
  /** Whether a block of the reply has been taken. */
  readonly isPlanned: boolean
  /** Whether the last one taken was a fence. */
  readonly isFence?: boolean
}

/** A file that a block of the reply has given a version. */
export interface VersionedFile extends PlannedFile {
  readonly text: string
}

/** What a user allows beyond the usual. */
export interface Tolerance {
  /** Whether a version may be far shorter than the present one. */
  readonly allowsShrink: boolean
  readonly allowsSecrets: boolean
}

/** A file before any block about it; undefined where it is not text. */
export function startFile(path: string, found: FoundFile | undefined, newStyle: TextStyle): PlannedFile | undefined {
  if (!found) {
    return {
      path,
      found,
      style: newStyle,
      old: undefined,
      text: undefined,
      endsWithNewline: newStyle.endsWithNewline,
      isPlanned: false,
    }
  }
  const read = readText(found.bytes)
  if (!read) return undefined
  const endsWithNewline = read.text === '' || read.style.endsWithNewline
  const { text, style } = read
  return { path, found, style, old: text, text, endsWithNewline, isPlanned: false }
}

/** Reviews a block and gives the file its content. */
export function planVersion(
  file: PlannedFile,
  block: ReplyBlock,
  tolerance: Tolerance,
  explanation: string,
): { planned?: VersionedFile; isEdit?: boolean; noted: Finding[]; refused?: Finding } {
  const toFinding = ({ code, message }: { code: Finding['code']; message: string }): Finding => ({
    code,
    path: file.path,
    line: block.line,
    message,
  })
  const review = reviewVersion({
    path: file.path,
    content: block.content,
    old: file.old,
    base: file.text,
    allowsShrink: tolerance.allowsShrink,
    explanation,
    fence: block.fence,
    isEdit: block.isForeign !== undefined,
    isExact: block.isExact,
    allowsSecrets: tolerance.allowsSecrets,
  })
  // What the reader has noted of a form is not noted again.
  const noted = review.noted.filter(({ code }) => code !== block.isForeign).map(toFinding)
  if ('refused' in review) return { noted, refused: toFinding(review.refused) }
  const { content } = review
  if (block.isExact)
    return { noted, isEdit: false, planned: { ...file, text: content, isExact: true, isPlanned: true } }
  // A version that is the same except for the file's missing last newline can only mean to add it.
  const addsNewline = !review.isEdit && file.old !== undefined && joinLines(linesOf(file.old)) === content
  const isMarked = block.lacksFinalNewline && !file.style.endsWithReturn
  const isFence = block.fence !== undefined
  const endsWithNewline = review.endsWithNewline ?? (!isMarked && (file.endsWithNewline || addsNewline))
  return {
    noted,
    isEdit: review.isEdit,
    planned: { ...file, text: content, endsWithNewline, isPlanned: true, isFence },
  }
}

/** The bytes that the plan gives a file. */
export function bytesOf({ text, style, endsWithNewline, isExact }: VersionedFile): Buffer {
  return isExact ? Buffer.from(text) : writeText(text, style, endsWithNewline)
}
