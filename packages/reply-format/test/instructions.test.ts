import { describe, expect, test } from 'vitest'
import { parseStream } from '@loop-runner/block-format'
import { DONE_PHRASE, readReply, REPLY_FORMS, replyInstructions } from '../src/index.ts'
import { review } from './support/review.ts'

const FORMS = REPLY_FORMS.filter((form) => form !== 'none' && form !== 'text')
const OLD = 'def add(a, b):\n    return a - b\n'

describe.each(FORMS)('the instructions for form "%s"', (form) => {
  test.each([4, 5, 12])('show examples that the reader takes, %d wide', (width) => {
    const text = replyInstructions(form, width)
    expect(parseStream(text)).toEqual([{ text }])
    const reply = readReply(text.replaceAll(/^ {4}/gm, ''), { isKnown: () => false, holdsLine: () => false })
    expect(reply).toMatchObject({ rejected: [], noted: [] })
    expect(reply.blocks.map(({ name }) => name)).toEqual(
      form === 'auto' ? ['src/sum.py', 'src/long.py'] : ['src/sum.py'],
    )
    expect(text).toContain(`\n    ${'>'.repeat(2 * width)}\n`)
    const [example] = reply.blocks
    expect(review('src/sum.py', example?.content ?? '', OLD)).toMatchObject({
      content: OLD.replace('-', '+'),
      isEdit: form === 'edit',
      noted: [],
    })
  })

  test('are read as they are, too', () => {
    const reply = readReply(replyInstructions(form, 4), { isKnown: () => false, holdsLine: () => false })
    expect(reply.blocks.map(({ name }) => name)).toContain('src/sum.py')
  })

  test('end with the phrase, alone on its line', () => {
    expect(replyInstructions(form, 4)).toMatch(new RegExp(`\n${DONE_PHRASE}\n$`))
  })

  test('are short', () => {
    expect(replyInstructions(form, 4).length).toBeLessThan(form === 'auto' ? 650 : 500)
    expect(replyInstructions(form, 4, true).length).toBeLessThan({ whole: 300, edit: 500, auto: 560 }[form])
  })
})

test('form "none" has no instructions', () => {
  expect(replyInstructions('none', 4)).toBe('')
})

test('form "text" asks for the text alone', () => {
  expect(replyInstructions('text', 4)).toMatch(
    new RegExp(`^Send the whole new version of the text[^<]*\n${DONE_PHRASE}\n$`),
  )
})

test('files that are shown are the example of a whole file, whatever their delimiters', () => {
  const text = replyInstructions('whole', 5, true)
  expect(text).toContain('<<<<< PATH <<<<<, all lines, >>>>>>>>>>')
  expect(parseStream(text)).toEqual([{ text }])
})
