import { isBlock, parseStream } from '@loop-runner/block-format'
import { quoteCommand, splitWords, UsageError } from '@loop-runner/cli-kit'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const CONFIGURATION = `
checkers:
  lorem:
    kind: lint
    types: []
    files: ['*.md']
    command: [grep, -n, lorem, '{files}']
    exit: { pass: [1], fail: [0] }
  json: { kind: format }
checks:
  syntax: { checkers: [json, yaml], timeout: 5s }
  words: { checkers: [lorem] }
  tests: echo 'it is' {}
  raw: [sh, -c, 'exit 3']
layers:
  - syntax
  - [words, tests]
  - raw
`

/** The command lines of the runs, and their outcomes. */
function runsOf(stdout: string): string[] {
  const blocks = parseStream(stdout).filter(isBlock)
  return blocks.flatMap(({ name, content }) => {
    if (name === 'not-run') return [`not run: ${content.trim()}`]
    return name === '' || name === 'outcome' ? [content.trim()] : []
  })
}

describe('lr.yaml', () => {
  test.each<[string, Record<string, string>, readonly string[], number, readonly string[]]>([
    [
      'layers run in order, up to the one that fails',
      { 'a.json': '{}', 'a.yaml': 'a: 1', 'a.md': 'lorem\n' },
      ['.'],
      1,
      [
        'lr-check -c json a.json',
        'pass',
        'lr-check -c yaml a.yaml',
        'pass',
        'grep -n lorem a.md',
        'fail',
        "echo 'it is' a.json a.md a.yaml",
        'pass',
        "not run: sh -c 'exit 3'",
      ],
    ],
    [
      'a layer that fails ends it',
      { 'a.json': '{' },
      ['a.json', 'lr.yaml'],
      1,
      [
        'lr-check -c json a.json',
        'fail',
        'lr-check -c yaml lr.yaml',
        'pass',
        'not run: grep -n lorem',
        "not run: echo 'it is' a.json lr.yaml",
        "not run: sh -c 'exit 3'",
      ],
    ],
    [
      'checks by name, beside checkers',
      { 'a.json': '{}' },
      ['-c', 'tests,json', 'a.json'],
      0,
      ["echo 'it is' a.json", 'pass', 'lr-check -c json a.json', 'pass'],
    ],
    ['without sources', {}, ['-c', 'raw'], 1, ["sh -c 'exit 3'", 'fail']],
    [
      'a checker of its own with nothing to check',
      { 'a.txt': '' },
      ['-c', 'lorem', 'a.txt'],
      3,
      ['grep -n lorem', 'none'],
    ],
  ])('%s', async (_title, files, args, status, runs) => {
    using folder = tempFolder({ ...files, 'lr.yaml': CONFIGURATION })
    const ran = await run('lr-check', args, { cwd: folder.path })
    expect(runsOf(ran.stdout), ran.stderr).toEqual(runs)
    expect(ran.status).toBe(status)
  })

  test.each([
    ['checkers: {x: {kind: nope}}', '1:16: checkers.x.kind: expected one of syntax, lint, '],
    ['checkers: {x: {kind: lint}}', '1:12: checkers.x.types: expected array'],
    ['checkers: {json: {noise: ["("]}}', '1:27: checkers.json.noise.0: no regular expression'],
    ['checks: {x: "a | b"}', '1:10: checks.x: "| b" needs a shell, and none is used (write [sh, -c, '],
    ['checks: {x: []}', '1:10: checks.x: '],
    ['checks:\n  x:\n    nope: 1', '3:5: checks.x: unknown key nope'],
    ['checks: {x: {checkers: [json], timeout: soon}}', '1:32: checks.x.timeout: "soon" is not a duration'],
    ['checks: {x: {checkers: [json, jsno]}}', '1:31: checks.x.checkers.1: unknown check or checker "jsno" (did'],
    ['layers: [unheard-of]', '1:10: layers.0.0: unknown check or checker "unheard-of" (see lr-check --list)'],
  ])('%s is refused', async (text, complaint) => {
    using folder = tempFolder({ 'lr.yaml': text, 'a.json': '{}' })
    const { status, stdout, stderr } = await run('lr-check', ['a.json'], { cwd: folder.path })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`/lr.yaml:${complaint}`)
  })
})

describe('the words of a command line', () => {
  test.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`echo 'it is' "a \\"b\\"" c\\ d`, ['echo', 'it is', 'a "b"', 'c d']],
    [`''`, ['']],
    ['a#b {} x!', ['a#b', '{}', 'x!']],
    ['', []],
  ])('%j is %j', (line, words) => {
    expect(splitWords(line, 'x')).toEqual(words)
  })

  test.each([
    'a | b',
    'a; b',
    'echo $HOME',
    'echo "$HOME"',
    'ls *',
    'a > b',
    '~/x',
    '# no',
    "it's",
    '"open',
    'a && b',
    '`a`',
  ])('%j needs a shell', (line) => {
    expect(() => splitWords(line, 'x')).toThrow(UsageError)
  })

  test('are what a shell makes of what we quote', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
        const line = quoteCommand(words)
        expect(splitWords(line, 'x')).toEqual(words)
        const { stdout } = await bash(`printf '%s\\0' ${quoteCommand(['echo', ...words]).slice(5)}`)
        expect(stdout).toBe(words.map((text) => `${text}\0`).join(''))
      }),
      { numRuns: 30 },
    )
  })
})
