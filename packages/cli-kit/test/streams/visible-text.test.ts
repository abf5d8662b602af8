import { expect, test } from 'vitest'
import { showable, visibleText } from '../../src/streams/visible-text.ts'

test('a terminal gets no orders from a model', () => {
  expect(visibleText('a\r\n\u{1B}]0;x\u{7}b\tc')).toBe('a\n␛]0;x␇b\tc')
})

test('DEL and C1 controls are visible', () => {
  expect(visibleText('a\u007fb\u009bc')).toBe('a␡b<U+009B>c')
})

test('bidi controls and hidden characters are visible on a terminal', () => {
  expect(visibleText('a\u202Eb\u2066c\u200Fd\u{E0041}e\u200Df')).toBe('a<U+202E>b<U+2066>c<U+200F>d<U+E0041>e\u200Df')
})

test('a terminal shows the same of an answer, however its pieces are cut', () => {
  const text = 'a\r\nb \u{1F600}\r\n\r\nc\r'
  for (let cut = 0; cut <= text.length; cut++) {
    const before = showable(text.slice(0, cut))
    expect(visibleText(before) + visibleText(text.slice(before.length))).toBe(visibleText(text))
  }
})

test.each(['\u00ad', '\u180e', '\u2060', '\u3164', '\ufff9', '\u{e007f}'])('%j is visible', (char) => {
  expect(visibleText(`a${char}b`)).toMatch(/^a<U\+[0-9A-F]{4,5}>b$/)
})
