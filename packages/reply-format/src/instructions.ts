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
  const parts = [
    form === 'edit' ? EDIT_RULES : WHOLE_RULES,
    example(form, width),
    ...(form === 'auto' ? [autoRules(width)] : []),
    commonRules(width),
    DONE_RULE,
  ]
  return `${parts.join('\n\n')}\n`
}

const WHOLE_RULES = `Send the whole new version of every file that you change, each in a block of its own under the file's path as it stands
above. Write every line, first to last: nothing left out, no "rest of the code", no "...", no line numbers, no code fence.
Leave out files that stay as they are.`

const EDIT_RULES = `Send the changes of every file that you change in a block of its own under the file's path as it stands above. A block
holds one or more sections: under SEARCH, lines copied exactly from the file, enough of them to stand in one place only;
under REPLACE, what takes their place. No line numbers, no code fence. Send a new file as it is, without sections. Leave
out files that stay as they are.`

const TEXT_RULES = `Send the whole new version of the text and nothing else: no word before or after it, no code fence. If nothing is left to
improve, send only this line:`

function example(form: ReplyForm, width: number): string {
  const content = form === 'edit' ? section('    return a - b', '    return a + b') : 'def add(a, b):\n    return a + b'
  return `For example (indented here; begin in the first column):\n\n${block('src/sum.py', content, width)}\n\nWhy: add() subtracted.`
}

function autoRules(width: number): string {
  const edit = block('src/long.py', section('RETRIES = 0', 'RETRIES = 3'), width)
  return `A small change in a long file may be sent as sections instead: under SEARCH, lines copied exactly from the file, enough
of them to stand in one place only.

${edit}`
}

function commonRules(width: number): string {
  const wider = '<'.repeat(width + 1)
  return `A block ends with a line of ${2 * width} ">". If a line of the file itself is such a line, open its block with ${wider} path ${wider}
and close it with ${'>'.repeat(2 * width + 2)}. All else that you write is explanation: say briefly what was wrong and why this is right.`
}

const DONE_RULE = `A block named show asks for files: paths, one a line. Do not change tests, checks or their configuration. If it cannot be
done without that, send only a block named blocked with the reason in one line. If nothing is left to improve, say so and
end with this line, alone (no blocks are needed then):
${DONE_PHRASE}`

function block(name: string, content: string, width: number): string {
  const side = '<'.repeat(width)
  return `${side} ${name} ${side}\n${content}\n${'>'.repeat(2 * width)}`.replaceAll(/^/gm, '    ')
}

function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`
}
