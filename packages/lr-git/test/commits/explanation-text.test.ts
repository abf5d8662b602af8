import { expect, test } from 'vitest'
import { explanationText } from '../../src/commits/explanation-text.ts'

const fenced = (text: string, marks = '```') => `${marks}text\n${text}\n${marks}`
const WORDS = Array.from({ length: 30 }, () => 'word').join(' ')
const WRAPPED = `${Array.from({ length: 16 }, () => 'word').join(' ')}\n${Array.from({ length: 14 }, () => 'word').join(' ')}`

test.each([
  ['prose', 'Why: a - b was wrong; snake_case and `a * b` are (very) fine.\n\nSo: 1.5%!', undefined],
  ['an @ and an & of their own', 'a @ b & c', undefined],
  ['a long line', WORDS, WRAPPED],
  ['a long word', 'x'.repeat(200), undefined],
  ['blanks at the ends of lines, and many empty lines', 'a  \nb\t\n\n\n\nc', 'a\nb\n\nc'],
  ['other line ends', 'a\r\nb', 'a\nb'],
])('prose stays prose: %s', (_what, explanation, expected = explanation) => {
  expect(explanationText(explanation)).toBe(expected)
})

test.each([
  ['a list', '- one\n- two'],
  ['a numbered list', '1. one\n2) two'],
  ['a heading', '### Iteration 9, commit abc'],
  ['a quote', '> # x'],
  ['an underline of a heading', 'Title\n===\nOther\n---'],
  ['a table', '| a | b |'],
  ['emphasis', 'This is **wrong**.'],
  ['a name with leading underscores', 'see __init__'],
  ['a link', '[a](http://b)'],
  ['an address', 'see https://example.com/x'],
  ['an account', 'ask @alice'],
  ['HTML', 'a <b>b</b>'],
  ['an HTML comment', 'a <!-- b'],
  ['an entity', '&lt;'],
  ['indented code', '    a = 1'],
  ['a lone back quote', 'a ` b'],
])('text with markup is a block of text: %s', (_what, explanation) => {
  expect(explanationText(explanation)).toBe(fenced(explanation))
})

test.each([
  ['a fence left open', '```py\nx', fenced('```py\nx', '````')],
  ['a longer fence', '`````\nx\n`````', fenced('`````\nx\n`````', '``````')],
  ['a word that would begin a list after a break', `${'x'.repeat(79)} - y`, fenced(`${'x'.repeat(79)}\n- y`)],
  ['a long line of a list', `- ${WORDS}`, expect.stringMatching(/^```text\n- (word ?){15}\n/)],
  ['tabs', '- a\tb', fenced('- a    b')],
  ['control characters', 'a\x1b[31mb\x07', fenced('a\\u{1b}[31mb\\u{7}')],
  ['bidi marks', 'a\u202eb\u2066c', fenced('a\\u{202e}b\\u{2066}c')],
])('text that is hidden or too long is changed: %s', (_what, explanation, expected) => {
  expect(explanationText(explanation)).toEqual(expected)
})
