import { expect, test } from 'vitest'
import { DONE_PHRASE } from '../../src/done-phrase.ts'
import { readReply } from '../../src/reading/read-reply.ts'

const BLOCK = '<<<< a.ts <<<<\nx\n>>>>>>>>\n'
const DONE = `${DONE_PHRASE}\n`

test.each([
  { what: 'in the open', reply: `Text.\n\n${DONE}\nMore.\n`, explanation: 'Text.\n\n\nMore.\n', isDone: true },
  { what: 'between blank lines', reply: `\n \n  Text. \n${DONE}\n\t\n`, explanation: '  Text. \n', isDone: true },
  { what: 'alone', reply: `\n${DONE}\n`, explanation: '', isDone: true },
  { what: 'in a fence', reply: `\`\`\`\n${DONE}\`\`\`\n`, explanation: `\`\`\`\n${DONE}\`\`\`\n`, isDone: false },
  {
    what: 'in a fence that holds another',
    reply: `\`\`\`\`\n\`\`\`\n~~~\n\`\`\`\` x\n${DONE}\`\`\`\`\n`,
    explanation: `\`\`\`\`\n\`\`\`\n~~~\n\`\`\`\` x\n${DONE}\`\`\`\`\n`,
    isDone: false,
  },
  { what: 'behind a fence', reply: `~~~\nx\n~~~\n${DONE}`, explanation: '~~~\nx\n~~~\n', isDone: true },
  { what: 'in a fence round a block', reply: `\`\`\`\n${DONE}${BLOCK}\`\`\`\n`, explanation: '', isDone: true },
  {
    what: 'behind a fence that opens a block',
    reply: `Text.\n\`\`\`\n${BLOCK}${DONE}`,
    explanation: 'Text.\n',
    isDone: true,
  },
  { what: 'behind a fence without an end', reply: `${BLOCK}\`\`\`\n${DONE}`, explanation: '```\n', isDone: true },
  { what: 'behind reasoning', reply: `<think>\nx\n</think> So.\n${DONE}`, explanation: ' So.\n', isDone: true },
  { what: 'in a block of text', reply: `<<<< declared <<<<\n${DONE}>>>>>>>>\n`, explanation: '', isDone: true },
])('the declaration $what', ({ reply, explanation, isDone }) => {
  const read = readReply(reply, { isKnown: () => false, holdsLine: () => false })
  expect([read.fullExplanation, read.declared]).toEqual([explanation, isDone ? DONE_PHRASE : undefined])
})
