import { type ReplyForm, replyInstructions } from '@loop-runner/reply-format'
import type { SourceFile } from '../evidence/evidence.ts'

/** A file of more lines is changed by sections: a whole new version costs more than it is worth, and may not fit a response. */
const LONG = 200

/**
 * The instructions on how to reply. `auto` asks for whole new versions of short files and for sections of long ones.
 *
 * @param width of the delimiters
 */
export function chooseReply(form: ReplyForm, files: readonly SourceFile[], width: number): string {
  if (form !== 'auto') return replyInstructions(form, width)
  const sources = files.filter(({ editable }) => editable)
  const long = sources.filter(({ content }) => content.split('\n').length > LONG + 1)
  if (long.length === 0) return replyInstructions('whole', width)
  if (long.length === sources.length) return replyInstructions('edit', width)
  const names = long.map(({ name }) => name).join(', ')
  return `These files are long, so send their changes as sections only, never whole: ${names}\n${replyInstructions('auto', width)}`
}
