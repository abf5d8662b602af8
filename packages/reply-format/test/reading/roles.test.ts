import { describe, expect, test } from 'vitest'
import { DONE_PHRASE, readReply, readTextReply } from '../../src/index.ts'
import { take } from '../support/take.ts'

const TREE = { isKnown: (name: string) => name === 'a.ts', holdsLine: () => false }

test('a block named show asks for files', () => {
  const reply = readReply('I need more.\n<<<< show <<<<\nsrc/a.ts\n\nb.ts\n>>>>>>>>\n', TREE)
  expect(reply).toMatchObject({
    show: ['src/a.ts', 'b.ts'],
    blocks: [],
    noted: [],
    rejected: [],
    explanation: 'I need more.\n',
  })
})

test('a block named blocked gives the reason', () => {
  const reply = readReply('<<<< blocked <<<<\nThe expected value in the test is wrong.\n>>>>>>>>\n', TREE)
  expect(reply).toMatchObject({
    blocked: 'The expected value in the test is wrong.',
    blocks: [],
    noted: [],
    rejected: [],
  })
})

test.each([
  ['alone', 'blocked: the test is wrong', 'the test is wrong'],
  ['after other words', 'I looked.\n\nBlocked: the test is wrong.\n\n', 'the test is wrong.'],
  ['not at the end', 'blocked: by the test\nbut see below', undefined],
  ['without a reason', 'blocked:', undefined],
  ['beside a new version', '<<<< a.ts <<<<\nx\n>>>>>>>>\nblocked: no\n', undefined],
  ['beside a request', '<<<< show <<<<\na.ts\n>>>>>>>>\nblocked: no\n', undefined],
])('a last line "blocked: REASON": %s', (_where, reply, expected) => {
  expect(readReply(reply, TREE).blocked).toBe(expected)
})

test.each(['why', 'reason', 'summary', 'notes'])('a block named %s is explanation', (name) => {
  const reply = readReply(`<<<< a.ts <<<<\nx\n>>>>>>>>\n<<<< ${name} <<<<\nThe sign.\n>>>>>>>>\n`, TREE)
  expect(reply).toMatchObject({ blocks: [{ name: 'a.ts' }], rejected: [], explanation: 'The sign.\n' })
})

test('a block with the name of a file is that file, whatever else the name may say', () => {
  const reply = readReply('<<<< notes <<<<\nx\n>>>>>>>>\n', {
    isKnown: (name) => name === 'notes',
    holdsLine: () => false,
  })
  expect(reply.blocks).toMatchObject([{ name: 'notes' }])
})

test('a block named diff is read as a diff', () => {
  const diff = '<<<< diff <<<<\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\n>>>>>>>>\n'
  expect(take(diff, { 'a.ts': 'old\n' })).toMatchObject({ writes: { 'a.ts': 'new\n' }, rejected: [] })
})

test.each([String.raw`"\377.ts"`, String.raw`"a\377.ts"`, String.raw`"\303\050.ts"`])(
  'the name %s is not UTF-8: refused',
  (name) => {
    expect(readReply(`<<<< ${name} <<<<\nx\n>>>>>>>>\n`, TREE)).toMatchObject({
      blocks: [],
      rejected: [{ code: 'bad-name', path: name }],
    })
  },
)

describe('the marks of chat templates around a reply', () => {
  const block = '<<<< a.ts <<<<\nx\n>>>>>>>>'
  test.each([
    `${block}<|im_end|>\n`,
    `${block}\n<|im_end|>`,
    `${block}</s>`,
    `${block}<|eot_id|><|end_of_text|>\n`,
    `${block}<end_of_turn>\n`,
    `${block}<｜end▁of▁sentence｜>`,
    `<|channel|>analysis<|message|>The sign.<|end|><|start|>assistant<|channel|>final<|message|>${block}\n<|return|>`,
    `<|start|>assistant<|channel|>final<|message|>${block}\n`,
    `a.ts\n\`\`\`ts\nx\n\`\`\`<|eot_id|>\n`,
  ])('are left out: %j', (text) => {
    const reply = readReply(text, TREE)
    expect(reply).toMatchObject({ blocks: [{ name: 'a.ts', content: 'x\n' }], rejected: [], explanation: '' })
  })

  test('are no part of the phrase', () => {
    expect(readReply(`${DONE_PHRASE}<|im_end|>\n`, TREE).declared).toBe(DONE_PHRASE)
  })

  test.each(['<s>old</s>\n', 'The mark is <|im_end|>, as said.\n'])('are text otherwise: %j', (text) => {
    expect(readReply(text, TREE).explanation).toBe(text)
  })
})

describe('a reply that is a text', () => {
  test.each([
    { what: 'as it is', reply: 'One.\n\nTwo.\n', content: 'One.\n\nTwo.\n' },
    { what: 'without its newline', reply: 'One.', content: 'One.\n' },
    { what: 'with blank lines around', reply: '\n\n  One.\n\n', content: '  One.\n' },
    { what: 'with reasoning', reply: '<think>\nHm.\n</think>\n\nOne.\n', content: 'One.\n' },
    {
      what: 'with blocks in it',
      reply: 'So:\n<<<< b.ts <<<<\nx\n>>>>>>>>\n',
      content: 'So:\n<<<< b.ts <<<<\nx\n>>>>>>>>\n',
    },
    { what: 'in a block', reply: '<<<< a.ts <<<<\nx\n>>>>>>>>\n', content: 'x\n' },
    { what: 'with usage', reply: 'One.\n<<<< usage <<<<\n{"stop":"stop"}\n>>>>>>>>\n', content: 'One.\n' },
    { what: 'with the phrase', reply: `One.\n\n${DONE_PHRASE}\n`, content: 'One.\n' },
  ])('$what', ({ reply, content }) => {
    expect(readTextReply(reply, 'a.ts', TREE)).toMatchObject({
      blocks: [{ name: 'a.ts', content }],
      rejected: [],
      explanation: '',
    })
  })

  test('nothing, or the phrase alone, is no version', () => {
    expect(readTextReply('', 'a.ts', TREE)).toMatchObject({ blocks: [], declared: undefined })
    expect(readTextReply(`${DONE_PHRASE}.\n`, 'a.ts', TREE)).toMatchObject({ blocks: [], declared: `${DONE_PHRASE}.` })
  })

  test('one that was cut off is refused', () => {
    const reply = 'One.\n<<<< usage <<<<\n{"stop":"length"}\n>>>>>>>>\n'
    expect(readTextReply(reply, 'a.ts', TREE)).toMatchObject({ rejected: [{ code: 'cut-off', path: 'a.ts' }] })
  })
})

test.each<[reply: string, show: string[]]>([
  ['```show\nsrc/a.ts\nb.ts\n```\n', ['src/a.ts', 'b.ts']],
  ['I have to know more.\n\n~~~show\nsrc/a.ts\n~~~\n', ['src/a.ts']],
  ['show: src/a.ts, `b.ts`\n', ['src/a.ts', 'b.ts']],
  ['**Show:** src/a.ts\n', ['src/a.ts']],
  ['I need more.\nshow src/a.ts\n', ['src/a.ts']],
  ['show(src/a.ts)\n', ['src/a.ts']],
  ['<show>src/a.ts</show>\n', ['src/a.ts']],
  ['<<<< show src/a.ts >>>>\n', ['src/a.ts']],
  ['<<<< show src/a.ts <<<<\n>>>>>>>>\n', ['src/a.ts']],
  ['<<<< show: src/a.ts <<<<\n\n>>>>>>>>\n', ['src/a.ts']],
  ['### show\n\n- `src/a.ts`\n- b.ts\n', ['src/a.ts', 'b.ts']],
  ['**show**\nsrc/a.ts', ['src/a.ts']],
  ['<<<< show <<<<\n- `src/a.ts`\n2. ./b.ts\n"c.ts", d.ts:1-20\n>>>>>>>>\n', ['src/a.ts', 'b.ts', 'c.ts', 'd.ts:1-20']],
  ['I need to see b.ts before I can fix this. Please show me the file.\n', ['b.ts']],
  ['Could you please provide the contents of `src/a.ts`?\n', ['src/a.ts']],
  ['Please share src/a.ts.\n', []],
  ['Show that a.ts works.\n', []],
  ['I fixed a.ts.\n', []],
  ['I need to see the file.\n', []],
  ['```ts\nI need to see b.ts\n```\n', []],
  [`I need to see b.ts.\n${'Because of this.\n'.repeat(12)}`, []],
  ['I need to see b.ts.\nNo further improvements possible\n', []],
])('%j asks for %j', (text, show) => {
  const reply = readReply(text, TREE)
  expect(reply.show).toEqual(show)
  if (show.length > 0) expect(reply).toMatchObject({ blocks: [], rejected: [], noted: [] })
})

test('a reply with a version asks for nothing in its prose', () => {
  const reply = readReply('I need to see b.ts, too.\n<<<< a.ts <<<<\nx\n>>>>>>>>\n', TREE)
  expect(reply).toMatchObject({ show: [], blocks: [{ name: 'a.ts' }] })
})
