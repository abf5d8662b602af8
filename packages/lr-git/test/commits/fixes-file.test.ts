import fc from 'fast-check'
import { lint } from 'markdownlint/sync'
import { describe, expect, test } from 'vitest'
import { appendEntry, explanationEntry, fixEntry } from '../../src/commits/fixes-file.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const FILES = { committed: ['src/a.py', 'b_c.md'], ignored: ['x/y z.log'], originals: [COMMIT, COMMIT] }
const WORDS = Array.from({ length: 40 }, () => 'some words').join(' ')

/** FIXES.md of a run with two replies, of which one changed nothing. */
function fixesOf(explanation: string, model = 'groq/openai/gpt-oss-120b', files = FILES): string {
  const report = { changed: [], explanation: explanation.trim(), model, outcomes: ['fail'], scores: ['0.50'] }
  const provenance = { run: '20261128-232345870-l4afgd', iteration: '1' }
  const first = appendEntry(undefined, provenance.run, explanationEntry(COMMIT, report, provenance))
  const entry = fixEntry(COMMIT, files, report, { ...provenance, iteration: '2' })
  return appendEntry(first, provenance.run, entry).toString()
}

/** The rules of markdownlint that a text breaks, as it is by default. */
function findings(text: string): string[] {
  const found = lint({ strings: { text } })['text'] ?? []
  return found.map(({ lineNumber, ruleNames }) => `${lineNumber}: ${ruleNames[0]}: ${text.split('\n')[lineNumber - 1]}`)
}

describe('FIXES.md passes markdownlint and an editorconfig', () => {
  test.each([
    ['prose', 'The sign was wrong.'],
    ['a list', '* one\n  - two\n\n\n+ three'],
    ['a numbered list', '3. three\n1) one'],
    ['headings', '# Title\n## Title\n# Title:'],
    ['fences', '```\nx\n```\n~~~py\ny'],
    ['HTML and addresses', '<b>b</b> <!-- x --> https://example.com a@example.com'],
    ['long lines', `${WORDS}\n\n- ${WORDS}\n\n\`${WORDS}\``],
    ['emphasis', '** a ** _ b _ *** __c__'],
    ['links', '[a]() (b)[c] [d][e] ![](f.png)'],
    ['a table', '| a |\n|---|\n|b|c|'],
    ['tabs and blanks', '\ta\t b   \n  c'],
    ['other line ends and hidden characters', 'a\r\nb\rc\u2028d\u202e\x1b[1m\0'],
    ['only commands', '$ ls\n\n  $ $ pwd'],
    ['no text', ''],
  ])('%s', (_what, explanation) => {
    const text = fixesOf(explanation)
    expect(findings(text)).toEqual([])
    expect(text).toMatch(/^[^\t\r]*[^\n]\n$/)
    expect(text).not.toMatch(/[ \t]$/m)
  })

  test('any explanation', () => {
    const piece = fc.constantFrom(
      ..."#*-_+=`~<>[]()|!:.1a\\&@^$ \n\t\r'".split(''),
      '```',
      '---',
      '    ',
      ' word',
      '\n\n',
      '://',
    )
    const explanation = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(explanation, (text) => {
        expect(findings(fixesOf(text))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test.each(['a', 'a_b*c', 'http://x/y', 'a`b', 'x y <z>'])('a model named %s', (model) => {
    expect(findings(fixesOf('', model))).toEqual([])
  })

  test('names of files', () => {
    const committed = [...Array.from({ length: 20 }, (_, at) => `src/${at}.py`), '*a*', '[x](y)', '`', 'ünï <b>']
    expect(findings(fixesOf('', 'm', { ...FILES, committed }))).toEqual([])
  })
})
