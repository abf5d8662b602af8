import { describe, expect, test } from 'vitest'
import { asTyped, html, STYLE, writeDocument } from '../src/index.ts'

describe('a value of a template', () => {
  test.each<[what: string, value: Parameters<typeof html>[1], markup: string]>([
    ['is never markup', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['cannot end an attribute', `" onclick='x'`, '&quot; onclick=&#39;x&#39;'],
    ['is not decoded', '&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['gives a terminal no orders', '\u001b[2J', '␛[2J'],
    ['reorders no text', 'a\u202eb', 'a&lt;U+202E&gt;b'],
    ['keeps its lines', 'a\r\nb', 'a\nb'],
    ['may be a number', 0, '0'],
    ['is left out if false', false, ''],
    ['is left out if undefined', undefined, ''],
    ['may be markup of another template', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
    ['may be a list of both', [html`<i></i>`, '<', [1, false]], '<i></i>&lt;1'],
  ])('%s', (_what, value, markup) => {
    expect(html`<p title="${value}">${value}</p>`.markup).toBe(`<p title="${markup}">${markup}</p>`)
  })

  test.each([
    ['one long line', 'x'.repeat(1_000_000)],
    ['many lines', 'x\n'.repeat(1_000_000)],
    ['long lines', `${'x'.repeat(10_000)}\n`.repeat(1000)],
  ])('is shortened and says so: %s', (_what, text) => {
    const { markup } = html`${text}`
    expect(markup.length).toBeLessThan(201_000)
    expect(markup).toMatch(/ … \d+ characters left out … /)
  })

  test('that is sent back as it was typed is escaped, and nothing else', () => {
    const typed = `<"'&>\u001b${'x'.repeat(10_000)}`
    expect(html`${asTyped(typed)}`.markup).toBe(`&lt;&quot;&#39;&amp;&gt;\u001b${'x'.repeat(10_000)}`)
  })
})

test('a document names nothing outside itself, and forbids scripts', () => {
  const page = writeDocument('</title><script>', html`<p>text</p>`)
  expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'")
  expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>')
  expect(page).not.toMatch(/<script|https?:|\burl\(|@import/)
  expect(STYLE).toContain('prefers-color-scheme')
})
