import { UsageError } from '@loop-runner/cli-kit'
import { DONE_PHRASE, REPLY_FORMS, replyInstructions } from '@loop-runner/reply-format'
import type { CountTokens } from '../tokens/count-tokens.ts'
import type { Material, SourceFile } from '../evidence/evidence.ts'

/** The forms of a reply; with `text` the whole response is the new version of the one source. */
export const PROMPT_REPLIES = REPLY_FORMS
type PromptReply = (typeof PROMPT_REPLIES)[number]

/**
 * Up to SHORT lines a whole version is asked for: it is hardly longer than its changes, and every model can write it. Above
 * LONG lines it is not taken: it costs more than it is worth, and may not fit a response. Between them the model chooses.
 * docs/decisions/2026-11-29-forms-of-replies.md has the figures.
 */
const SHORT = 40
const LONG = 200
/** A whole version that takes more of the model's window may not fit its answer. */
const WINDOW_SHARE = 0.2

/** The limits of a reply. */
interface Limits {
  /** Of the delimiters. */
  readonly width: number
  /** Of the model, in tokens; Infinity if it is not known. */
  readonly window: number
  readonly count: CountTokens
}

/**
 * The instructions on how to reply. `auto` asks for whole new versions of short files and for sections of long ones.
 *
 * @throws UsageError for `text` if there is more than one source; without a source the file is new
 */
export function chooseReply(
  form: PromptReply,
  { files, parts }: Pick<Material, 'files' | 'parts'>,
  { width, window, count }: Limits,
): string {
  const shown = files.filter(({ editable }) => editable)
  const sources = [...shown, ...parts]
  if (form === 'text') return textInstructions(sources)
  const instructions = (chosen: PromptReply) => replyInstructions(chosen, width, shown.length > 0)
  if (form !== 'auto') return instructions(form)
  const isTooLarge = ({ content }: SourceFile) => window < Infinity && count(content) > window * WINDOW_SHARE
  const isLonger = (most: number) => (file: SourceFile) =>
    parts.includes(file) || file.content.split('\n').length > most + 1 || isTooLarge(file)
  if (!sources.some(isLonger(SHORT))) return instructions('whole')
  const long = sources.filter(isLonger(LONG))
  if (long.length === sources.length) return instructions('edit')
  const names = long.map(({ name }) => name).join(', ')
  return `${names === '' ? '' : `Send no whole version of these long files, only sections: ${names}\n`}${instructions('auto')}`
}

/** `lr-apply --reply text` reads such a reply. */
function textInstructions([source, ...more]: readonly SourceFile[]): string {
  if (more.length > 0) {
    throw new UsageError(`option --reply text: allows one source, not ${more.length + 1}`)
  }
  const what = source ? `the whole new version of ${source.name}` : 'the whole text of the new file'
  return `Reply with ${what}, from its first line to its last, and nothing else: no explanation, no code
fence, nothing left out.
If nothing is left to improve, reply with this line alone:
${DONE_PHRASE}
`
}
