import { DONE_PHRASE } from './done-phrase.ts'

/** The forms in which a model may be asked to reply. */
export const REPLY_FORMS = ['whole', 'edit', 'auto', 'none'] as const
export type ReplyForm = (typeof REPLY_FORMS)[number]

/**
 * The fixed instructions on how to reply, ended by a newline; empty for `none`. `lr-apply` reads what they ask for.
 *
 * @param width `<` on each side of the example's delimiters: wide enough for every file that may be sent back
 */
export function replyInstructions(form: ReplyForm, width: number): string {
  if (form === 'none') return ''
  const parts = [
    form === 'edit' ? EDIT_RULES : WHOLE_RULES,
    example(form, width),
    ...(form === 'auto' ? [autoRules(width)] : []),
    commonRules(width),
    DONE_RULE,
  ]
  return `${parts.join('\n\n')}\n`
}

const WHOLE_RULES = `How to reply. Send the whole new version of every file that you change, each in a block of its own, under the very path
that stands above. Every line of the file goes in, from the first to the last: nothing may be left out or stand for
what was there before, no "rest of the code", no "...", no line numbers, no code fence. Leave out files that stay as they are.`

const EDIT_RULES = `How to reply. Send the changes of every file that you change in a block of its own, under the very path that stands
above. A block holds one or more sections: under SEARCH lines of the file, copied exactly, with enough of them that they
stand in one place only; under REPLACE what takes their place. Sections apply in order. No line numbers, no code fence.
A new file is sent as it is, without sections. Leave out files that stay as they are.`

function example(form: ReplyForm, width: number): string {
  const content = form === 'edit' ? section('    return a - b', '    return a + b') : 'def add(a, b):\n    return a + b'
  return `For example:\n\n${block('src/sum.py', content, width)}\nWhy: add() subtracted.`
}

function autoRules(width: number): string {
  const edit = block('src/large.py', section('RETRIES = 0', 'RETRIES = 3'), width)
  return `For a small change in a long file you may send sections instead of the whole file. The lines under SEARCH are copied
from the file exactly, and stand in one place only:

${edit}`
}

function commonRules(width: number): string {
  const wider = width + 1
  const closer = '>'.repeat(2 * width)
  return `A block is closed by a line of ${2 * width} ">". Should a line of the file itself be ${closer} or longer, open that file's
block with one "<" more on each side, and close it with two ">" more: ${'<'.repeat(wider)} NAME ${'<'.repeat(wider)} and ${'>'.repeat(2 * wider)}.
All else that you write is explanation: say in a few sentences what was wrong and why your change is right.`
}

const DONE_RULE = `Do not change tests, checks or their configuration. If nothing is left to improve, or it cannot be done without
changing those, say so; that is no failure. Then end your reply with this line, alone:
${DONE_PHRASE}`

function block(name: string, content: string, width: number): string {
  const side = '<'.repeat(width)
  return `${side} ${name} ${side}\n${content}\n${'>'.repeat(2 * width)}`
}

function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`
}
