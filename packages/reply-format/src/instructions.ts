import { DONE_PHRASE } from './done-phrase.ts'

/** The forms in which a model may be asked to reply. */
export const REPLY_FORMS = ['whole', 'edit', 'auto', 'text', 'none'] as const
export type ReplyForm = (typeof REPLY_FORMS)[number]

/**
 * The fixed instructions on how to reply, ended by a newline; empty for `none`. `lr-apply` reads what they ask for. The
 * examples are indented: in the first column they would be blocks of the prompt.
 *
 * @param width `<` on each side of the example's delimiters: wide enough for every file that may be sent back
 */
export function replyInstructions(form: ReplyForm, width: number): string {
  if (form === 'none') return ''
  if (form === 'text') return `${TEXT_RULES}\n${DONE_PHRASE}\n`
  return `${form === 'edit' ? editRules(width) : wholeRules(width)}\n${form === 'auto' ? sectionRules(width) : ''}${COMMON_RULES}\n${DONE_PHRASE}\n`
}

const TEXT_RULES = `Send the whole new version of the text and nothing else: no word before or after it, no code fence. If nothing is left to
improve, send only this line:`

/** What stands in for code is refused, so it is forbidden here. */
function wholeRules(width: number): string {
  return `Send each file that you change as a whole, under its path as above, in this form (from the first column):

${block('src/sum.py', 'def add(a, b):\n    return a + b', width)}

Write every line: no "...", no line numbers, no code fence.`
}

function editRules(width: number): string {
  return `Send the changes of each file under its path as above, in this form (from the first column):

${block('src/sum.py', section('    return a - b', '    return a + b'), width)}

Under SEARCH, copy lines of the file exactly, enough to stand there only once; one section for each place. Send a new file
whole. No line numbers, no code fence.`
}

function sectionRules(width: number): string {
  return `Send changes of a long file as sections: under SEARCH, copy lines of the file exactly, enough to stand there only once:

${block('src/long.py', section('RETRIES = 0', 'RETRIES = 3'), width)}

`
}

const COMMON_RULES = `Say briefly why, outside of blocks. To see other files, send a block named show with their paths, one a line. Leave existing
tests, checks and their configuration as they are; if it cannot be done so, send only a block named blocked with the reason.
If nothing is left to improve, end with this line alone:`

function block(name: string, content: string, width: number): string {
  const side = '<'.repeat(width)
  return `${side} ${name} ${side}\n${content}\n${'>'.repeat(2 * width)}`.replaceAll(/^/gm, '    ')
}

function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`
}
