import { UsageError } from '@loop-runner/cli-kit'
import { DONE_PHRASE, REPLY_FORMS, replyInstructions } from '@loop-runner/reply-format'
import type { Material, SourceFile } from '../evidence/evidence.ts'

/** The forms of a reply; with `text` the whole response is the new version of the one source. */
export const PROMPT_REPLIES = REPLY_FORMS
type PromptReply = (typeof PROMPT_REPLIES)[number]

/** A file of more lines is changed by sections: a whole new version costs more than it is worth, and may not fit a response. */
const LONG = 200

/**
 * The instructions on how to reply. `auto` asks for whole new versions of short files and for sections of long ones.
 *
 * @param width of the delimiters
 * @throws UsageError for `text` if there is more than one source; without a source the file is new
 */
export function chooseReply(
  form: PromptReply,
  { files, parts }: Pick<Material, 'files' | 'parts'>,
  width: number,
): string {
  const sources = [...files, ...parts].filter(({ editable }) => editable)
  if (form === 'text') return textInstructions(sources)
  if (form !== 'auto') return replyInstructions(form, width)
  const long = sources.filter((file) => parts.includes(file) || file.content.split('\n').length > LONG + 1)
  if (long.length === 0) return replyInstructions('whole', width)
  if (long.length === sources.length) return replyInstructions('edit', width)
  const names = long.map(({ name }) => name).join(', ')
  return `These files are long, so send their changes as sections only, never whole: ${names}\n${replyInstructions('auto', width)}`
}

/** `lr-apply --reply text` reads what this asks for. */
function textInstructions([source, ...more]: readonly SourceFile[]): string {
  if (more.length > 0) {
    throw new UsageError(`option --reply text: needs one source at most, not ${more.length + 1}`)
  }
  const what = source ? `the whole new version of ${source.name}` : 'the whole text of the new file'
  return `Reply with ${what}, from its first line to its last, and nothing else: no explanation, no code
fence, nothing left out.
If nothing is left to improve, reply with this line alone:
${DONE_PHRASE}
`
}
