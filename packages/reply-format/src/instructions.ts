import { DONE_PHRASE } from './done-phrase.ts'

/** The forms in which a model may be asked to reply. */
export const REPLY_FORMS = ['whole', 'edit', 'auto', 'none'] as const
export type ReplyForm = (typeof REPLY_FORMS)[number]

/**
 * The fixed instructions on how to reply, ended by a newline; empty for `none`.
 *
 * @param width `<` on each side of the example's delimiters: wide enough for every file that may be sent back
 */
export function replyInstructions(form: ReplyForm, width: number): string {
  if (form === 'none') return ''
  const side = '<'.repeat(width)
  return [
    'Reply with the whole new version of every file that you change, each in a block of this form:',
    `${side} path/of/file ${side}`,
    '(all lines of the new version)',
    '>'.repeat(2 * width),
    `If nothing is left to improve, end your reply with the line: ${DONE_PHRASE}`,
    '',
  ].join('\n')
}
