import { describe, expect, test } from 'vitest'
import { DONE_PHRASE, readReply, REPLY_FORMS, replyInstructions, reviewVersion } from './index.ts'

const FORMS = REPLY_FORMS.filter((form) => form !== 'none')
const OLD = 'def add(a, b):\n    return a - b\n'

describe.each(FORMS)('the instructions for form "%s"', (form) => {
  test.each([4, 5, 12])('show examples that the reader takes, %d wide', (width) => {
    const text = replyInstructions(form, width)
    const reply = readReply(text, { isKnown: () => false, holdsLine: () => false })
    expect(reply).toMatchObject({ rejected: [], noted: [] })
    expect(reply.blocks.map(({ name }) => name)).toEqual(
      form === 'auto' ? ['src/sum.py', 'src/long.py'] : ['src/sum.py'],
    )
    expect(text).toContain(`\n${'>'.repeat(2 * width)}\n`)
    const [example] = reply.blocks
    const version = { path: 'src/sum.py', content: example?.content ?? '', old: OLD, base: OLD }
    expect(reviewVersion({ ...version, allowsShrink: false, allowsSecrets: false, explanation: '' })).toMatchObject({
      content: OLD.replace('-', '+'),
      isEdit: form === 'edit',
      noted: [],
    })
  })

  test('end with the phrase, alone on its line', () => {
    expect(replyInstructions(form, 4)).toMatch(new RegExp(`\n${DONE_PHRASE}\n$`))
  })

  test('are short', () => {
    expect(replyInstructions(form, 4).length).toBeLessThan(1200)
  })
})

test('form "none" has no instructions', () => {
  expect(replyInstructions('none', 4)).toBe('')
})
