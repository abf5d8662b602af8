import { DONE_PHRASE } from './done-phrase.ts'

/** The forms in which a model may be asked to reply. */
export const REPLY_FORMS = ['whole', 'edit', 'auto', 'text', 'none'] as const
export type ReplyForm = (typeof REPLY_FORMS)[number]

/**
 * The fixed instructions on how to reply, ended by a newline; empty for `none`. `lr-apply` reads what they ask for. They
 * stand in every prompt, and often outweigh a short file, so they say each thing once. An example is indented: in the first
 * column it would be a block of the prompt.
 *
 * @param width `<` on each side of the example's delimiters: wide enough for every file that may be sent back
 * @param isShown whether files stand above as blocks: then they are the example of a whole file
 */
export function replyInstructions(form: ReplyForm, width: number, isShown = false): string {
  if (form === 'none') return ''
  if (form === 'text') return `${TEXT_RULES}\n${DONE_PHRASE}\n`
  return `${RULES[form](width, isShown)}\n${COMMON_RULES}\n${DONE_PHRASE}\n`
}

const TEXT_RULES = `Send the whole new version of the text and nothing else: no word before or after it, no code fence. If nothing is left to
improve, send only this line:`

const RULES = { whole: wholeRules, edit: editRules, auto: bothRules } as const

function wholeRules(width: number, isShown: boolean): string {
  if (isShown) {
    const side = '<'.repeat(width)
    return `Send changed files whole, as above: ${side} PATH ${side}, all lines, ${'>'.repeat(2 * width)}.`
  }
  return `Send each file whole, in this form from the first column, without a code fence:

${block('src/sum.py', 'def add(a, b):\n    return a + b', width)}
`
}

function editRules(width: number): string {
  return `Send changes as sections, from the first column; lines under SEARCH are copied exactly, enough to be unique in the file:

${block('src/sum.py', section('    return a - b', '    return a + b'), width)}

Send a new file whole, without sections.`
}

function bothRules(width: number, isShown: boolean): string {
  return `${wholeRules(width, isShown)}
Or send short changes as sections; lines under SEARCH are copied exactly, enough to be unique in the file:

${block('src/long.py', section('RETRIES = 0', 'RETRIES = 3'), width)}
`
}

const COMMON_RULES = `Say why. Or send only a block show (paths to see) or blocked (why impossible without changing tests), or this line, if done:`

function block(name: string, content: string, width: number): string {
  const side = '<'.repeat(width)
  return `${side} ${name} ${side}\n${content}\n${'>'.repeat(2 * width)}`.replaceAll(/^/gm, '    ')
}

function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`
}
