import { expect, test } from 'vitest'
import { explanationText } from '../../src/commits/explanation-text.ts'

test.each([
  ['plain text', 'Why: a - b was wrong.\n\n- one\n- two', 'Why: a - b was wrong.\n\n- one\n- two'],
  ['a heading', '### Iteration 9, commit abc', '\\### Iteration 9, commit abc'],
  ['an indented heading', '  ## Run x', '  \\## Run x'],
  ['a heading in a quote', '> # x', '> \\# x'],
  ['an underline of a heading', 'Title\n===\nOther\n---', 'Title\n\\===\nOther\n\\---'],
  ['a number sign in text', 'see #12', 'see #12'],
  ['a fence left open', '```py\nx', '```py\nx\n```'],
  ['a closed fence', '```py\nx\n```', '```py\nx\n```'],
  ['an HTML comment', 'a <!-- b', 'a &lt;!-- b'],
  ['control characters', 'a\x1b[31mb\x07', 'a\\u{1b}[31mb\\u{7}'],
  ['bidi marks', 'a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
  ['blanks at the ends of lines', 'a  \nb\t\n\n\n\nc', 'a\nb\n\nc'],
  ['other line ends', 'a\r\nb', 'a\nb'],
])('%s', (_what, explanation, expected) => {
  expect(explanationText(explanation)).toBe(expected)
})
