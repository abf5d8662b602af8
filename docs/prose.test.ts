import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root } from '../scripts/programs.ts'

/** Words and turns that the plain English of this project does without, each with what to write. */
const TURNS: readonly (readonly [turn: string, instead: string])[] = [
  ['nobody', 'the passive, or "no request is sent"'],
  ['somebody', 'you, the user, another program'],
  ['whoever', 'you, the user, the reader'],
  ['anew', 'again'],
  ['is none', 'is not a …, is missing'],
  ['are none', 'are not …, are missing'],
  ['turned down', 'rejected (by a server), refused (by us)'],
  ['used wrongly', 'invalid usage'],
  ['unless said', 'default: …'],
  ['passed over', 'skipped, ignored'],
  ['gone on with', 'resumed'],
  ['not whole', 'incomplete, truncated'],
  ['what judges', 'tests and check scripts'],
  ['is told', 'the fact itself: "the next prompt names it"'],
  ['are told', 'the fact itself'],
  ['but for', 'except'],
  ['to be had', 'available'],
  ['exit status', 'exit code'],
  ['aloud', 'visibly'],
  ['mend', 'fix'],
  ['mends', 'fixes'],
  ['mended', 'fixed'],
  ['mending', 'fixing'],
]

/** The words of the sample that lr-prompt's prompts follow, and those that `go` prints. */
const KEPT = [', with exit status', 'exit status \\d+']

const PATTERN = new RegExp(`\\b(?:${TURNS.map(([turn]) => turn.replaceAll(' ', '\\s+')).join('|')})\\b`, 'gi')

/** `LINE: turn (write: …)` for each turn in a text. */
function turnsIn(text: string): string[] {
  const checked = KEPT.reduce((rest, kept) => rest.replaceAll(kept, ' '.repeat(kept.length)), text)
  return [...checked.matchAll(PATTERN)].map(({ 0: found, index }) => {
    const line = checked.slice(0, index).split('\n').length
    const turn = found.toLowerCase().replaceAll(/\s+/g, ' ')
    return `${line}: ${turn} (write: ${TURNS.find(([known]) => known === turn)?.[1]})`
  })
}

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') || name.endsWith('.txt'))
    .map((name) => `docs/${name}`),
  ...['examples', 'packages'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`)
      .map((name) => `${folder}/${name}/README.md`)
      .filter((path) => existsSync(`${root}/${path}`)),
  ),
]

describe('help texts and pages are in plain English', () => {
  test.each(pages)('%s', (page) => {
    expect(turnsIn(readFileSync(new URL(page, `file://${root}/`), 'utf8'))).toEqual([])
  })
})

/** Of a test: comments, and the lines that name a test or a row of its table. The rest may hold what a model wrote. */
const COMMENT = /\/\*[^]*?\*\/|(?<![:'"`\w/\\])\/\/[^\n]*/g
const COMMENT_OR_NAME = new RegExp(String.raw`${COMMENT.source}|^ *(?:test|describe)\b[^\n]*|\bwhat: '[^'\n]*'`, 'gm')

const paths = ['packages', 'scripts', 'docs', 'examples']
  .flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => !/node_modules|\/dist\//.test(path))

const sources = paths.filter((path) => /\.(?:ts|cjs|mjs)$/.test(path) && !path.endsWith('prose.test.ts'))

/** A program is read whole: its strings, names and comments. */
const PROGRAM = /^packages\/[^/]+\/src\//

function proseIn(path: string): string[] {
  const source = readFileSync(new URL(path, `file://${root}/`), 'utf8')
  const parts = PROGRAM.test(path) ? [source] : [...source.matchAll(COMMENT_OR_NAME)].map(([text]) => text)
  return parts.map((text) => text.replaceAll(/\n *\*/g, '\n'))
}

test('strings of programs, comments and names of tests are in plain English', () => {
  const found = sources.flatMap((path) => {
    const prose = proseIn(path)
    return prose.flatMap((text) => turnsIn(text).map((turn) => `${path}: ${turn}`))
  })
  expect(sources.length).toBeGreaterThan(1000)
  expect(found).toEqual([])
})

/** Files that a program writes or that are made up, so that they are not in the repository. */
const NOT_HERE = ['FIXES.md', 'docs/PAGE.md', 'copilot-instructions.md', 'a.md', 'b.md']

test('comments refer only to pages of the repository', () => {
  const known = [...readdirSync(root), ...paths, ...NOT_HERE].filter((path) => path.endsWith('.md'))
  const found = sources.flatMap((path) =>
    [...readFileSync(`${root}/${path}`, 'utf8').matchAll(COMMENT)].flatMap(([comment]) =>
      [...comment.matchAll(/[\w./-]*\w\.md\b/g)]
        .filter(([name]) => !known.some((page) => page === name || page.endsWith(`/${name}`)))
        .map(([name]) => `${path}: ${name}`),
    ),
  )
  expect(found).toEqual([])
})

test.each([
  ['Nobody has to act.', ['1: nobody (write: the passive, or "no request is sent")']],
  ['A name that\nis\n  none of them.', ['2: is none (write: is not a …, is missing)']],
  ['yielding the following, with exit status 1', []],
  ['ended with exit status 1', ['1: exit status (write: exit code)']],
  ['Send a recommendation to amend it.', []],
])('%j', (text, found) => {
  expect(turnsIn(text)).toEqual(found)
})
