import type { Part } from '@loop-runner/block-format'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { prompt, runParts } from '../support/sample-stream.ts'

const long = (name: string, start = '') =>
  `${start}${Array.from({ length: 120 }, (_, index) => `value_${index} = compute(${index}, "${name}")\n`).join('')}`

const SOURCES: Part[] = [
  {
    name: 'src/add.py',
    content: long('add', 'def add(a, b):\n    return a - b\n\nclass Sum:\n    def total(self): ...\n'),
  },
  { name: 'src/title.py', content: long('title') },
  { name: 'src/util/text.js', content: long('text', 'export function trim(s) {}\nexport const pad = 1\n') },
  { name: 'locale/de.po', content: long('po') },
  { name: 'tests/test_add.py', content: `from src.add import add\n${long('test')}` },
]

async function shownBy(args: readonly string[], stdout: string, more: readonly Part[] = []) {
  const ran = await prompt(args, [...SOURCES, ...runParts('pytest', 1, { stdout }), ...more])
  const parts = parseStream(ran.stdout).filter(isBlock)
  const names = SOURCES.flatMap((part) => (isBlock(part) ? [part.name] : []))
  return {
    whole: names.filter((name) => parts.some((part) => part.name === name)),
    map: parts.find(({ name }) => name === 'map')?.content ?? '',
  }
}

describe('which sources are shown', () => {
  test.each<[string, string[], string, string[]]>([
    ['what a traceback names', [], '  File "src/title.py", line 3, in x\nValueError\n', ['src/title.py']],
    ['what a finding names', [], 'src/util/text.js:3:1: error x\n', ['src/util/text.js']],
    ['what is named by its base name', [], 'text.js:3: no\n', ['src/util/text.js']],
    ['what a failing test imports', [], 'tests/test_add.py:4: AssertionError\n', ['src/add.py']],
    ['what the task names', ['-i', 'Fix src/title.py.'], 'boom\n', ['src/title.py']],
    ['what --show names', ['--show', 'src/title.py'], 'src/add.py:1: no\n', ['src/add.py', 'src/title.py']],
    ['data that is named', [], 'locale/de.po:5: syntax error\n', ['locale/de.po']],
    [
      'all but data if nothing is named',
      [],
      'boom\n',
      ['src/add.py', 'src/title.py', 'src/util/text.js', 'tests/test_add.py'],
    ],
    ['no longer name', [], 'src/title.python: x\nsrc/add.py: y\n', ['src/add.py']],
  ])('%s', async (_case, args, stdout, whole) => {
    expect((await shownBy(args, stdout)).whole).toEqual(whole)
  })

  test('what a block show asks for', async () => {
    const requested = { name: 'show', content: 'src/title.py\n./locale/de.po\n' }
    expect((await shownBy([], 'src/add.py:1: no\n', [requested])).whole).toEqual([
      'src/add.py',
      'src/title.py',
      'locale/de.po',
    ])
  })

  test('a file of the tree that is no source is shown for reference, any other is named', async () => {
    using folder = tempFolder({ 'lib/help.py': 'help\n', '.env': 'KEY=1\n' })
    const requested = { name: 'show', content: 'lib/help.py\n.env\n../x.py\ngone.py\n' }
    const { stdout } = await prompt([], [...SOURCES, ...runParts('t', 1), requested], { cwd: folder.path })
    expect(stdout).toContain('send no new versions of them\n<<<< lib/help.py <<<<\nhelp\n>>>>>>>>\n')
    for (const path of ['.env', '../x.py', 'gone.py']) expect(stdout).toContain(`\n"${path}" cannot be shown: `)
    expect(stdout).not.toContain('KEY=1')
  })

  test('the others are lines of a map', async () => {
    const { map } = await shownBy([], 'src/title.py:1: no\n')
    expect(map).toMatch(/^src\/add\.py: 125 lines, \d+ bytes; add, Sum, total$/m)
    expect(map).toMatch(/^src\/util\/text\.js: 122 lines, \d+ bytes; trim, pad$/m)
    expect(map).toMatch(/^locale\/de\.po: 120 lines, \d+ bytes$/m)
  })

  test('small sources are all shown', async () => {
    const parts: Part[] = [
      { name: 'a.py', content: 'a\n' },
      { name: 'b.py', content: 'b\n' },
    ]
    const { stdout } = await prompt([], [...parts, ...runParts('t', 1, { stdout: 'a.py:1: no\n' })])
    expect(stdout).toContain('<<<< b.py <<<<')
    expect(stdout).not.toContain('<<<< map')
  })
})

describe('failing lines of tests that the stream does not hold', () => {
  const FILES = {
    'tests/test_a.py': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n',
    'test/a.test.js': 'one\ntwo\nthree\n',
    'src/other.py': 'x\ny\n',
    '.env': 'KEY=1\n',
  }

  test.each([
    ['by path and line', 'tests/test_a.py:5: AssertionError\n', '> 5 | five\n  6 | six\n'],
    ['in a traceback', '  File "tests/test_a.py", line 9, in x\n', '  6 | six\n  7 | seven\n  8 | eight\n> 9 | nine\n'],
    ['in a stack', '    at x (test/a.test.js:2:5)\n', '  1 | one\n> 2 | two\n'],
  ])('are shown with three lines around them: %s', async (_case, stdout, lines) => {
    using folder = tempFolder(FILES)
    const ran = await prompt([], [...runParts('t', 1, { stdout })], { cwd: folder.path })
    expect(ran.stdout).toContain(lines)
  })

  test.each([
    'src/other.py:1: no',
    '.env:1: no',
    '../tests/test_a.py:1: no',
    '/etc/test_x.py:1: no',
    'tests/gone_test.py:1',
  ])('other files are not read: %s', async (stdout) => {
    using folder = tempFolder(FILES)
    const ran = await prompt([], runParts('t', 1, { stdout: `${stdout}\n` }), { cwd: folder.path })
    expect(ran.stdout).not.toContain('<<<< excerpts')
  })
})

test.each([
  ['short files', 10, 40, /Send changed files whole/, /SEARCH/],
  ['a longer file', 10, 41, /Send changed files whole[^]*Or send short changes as sections/, /no whole version/],
  ['the longest that are sent whole', 200, 200, /Send changed files whole[^]*SEARCH/, /no whole version/],
  ['long files', 201, 300, /Send changes as sections/, /Send each changed file/],
  ['both', 10, 201, /no whole version of these long files, only sections: b\.py\n/, /only sections: .*a\.py/],
])('--reply auto asks for what fits %s', async (_case, first, second, wanted, unwanted) => {
  const parts: Part[] = [
    { name: 'a.py', content: 'x = 1\n'.repeat(first) },
    { name: 'b.py', content: 'x = 1\n'.repeat(second) },
  ]
  const { stdout } = await prompt(['--reply', 'auto'], [...parts, ...runParts('t', 1)])
  expect(stdout).toMatch(wanted)
  expect(stdout).not.toMatch(unwanted)
  expect((await prompt([], [...parts, ...runParts('t', 1)])).stdout).toBe(stdout)
})

describe('a source that is too long for the budget', () => {
  const body = (index: number) =>
    `def value_${index}(x):\n    if x:\n        return ${index}\n    return x + ${index}\n\n\n`
  const big = {
    name: 'a.py',
    content: `import os\n\n\n${Array.from({ length: 3000 }, (_, index) => body(index)).join('')}`,
  }
  const test_ = {
    name: 'tests/test_a.py',
    content: 'from a import value_1234\n\n\ndef test_it():\n    assert value_1234(0) == 7\n',
  }

  test.each<[string, string, Part[]]>([
    ['the place that the output names', 'a.py:7407: no\n', []],
    ['what the failing line of a test calls', 'tests/test_a.py:5: AssertionError\n', [test_]],
    ['what the task names', 'boom\n', [{ name: 'instructions', content: 'Correct value_1234.\n' }]],
  ])('is shown by %s, and edits are asked for', async (_case, stdout, more) => {
    const ran = await prompt([], [big, ...more, ...runParts('t', 1, { stdout })])
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    expect(ran.stdout).toContain(`<<<< part <<<<\na.py, 18003 lines\nimport os\n`)
    expect(ran.stdout).toContain(body(1234).trimEnd())
    expect(ran.stdout).toContain('value_0 4, value_1 10, ')
    expect(ran.stdout).not.toContain(body(1500).trimEnd())
    expect(ran.stdout).toMatch(/\[lr-prompt: \d+ lines left out\]/)
    expect(ran.stdout).toContain('under SEARCH')
    expect(ran.stdout).not.toContain('<<<< a.py')
    expect(ran.stdout.length).toBeLessThan(60_000)
  })

  test('is sent whole with a notice if a whole version is asked for', async () => {
    const ran = await prompt(['--reply', 'whole'], [big, ...runParts('t', 1)])
    expect(ran.status).toBe(0)
    expect(ran.stderr).toMatch(/^lr-prompt: the prompt has about \d+ tokens, more than 24000/)
    expect(ran.stdout).toContain(body(2999).trimEnd())
  })
})

describe('tests among the sources', () => {
  const far = Array.from({ length: 300 }, (_, index) => `# line ${index} of a long test\n`).join('')
  const tests = {
    name: 'test/parse.js',
    content: `var qs = require('../')\n${far}t.equal(qs.parse('a'), 1)\nlast()\n`,
  }
  const sources: Part[] = [
    {
      name: 'index.js',
      content: "module.exports = { parse: require('./lib/parse'), write: require('./lib/write') }\n",
    },
    { name: 'lib/parse.js', content: `require('./utils')\n${long('parse')}` },
    { name: 'lib/write.js', content: long('write') },
    { name: 'lib/utils.js', content: long('utils') },
    { name: 'lib/other.js', content: long('other') },
    tests,
  ]
  const named = (stdout: string) => [...stdout.matchAll(/^<<<< (\S*[/.]\S*) <<<<$/gm)].map(([, name = '']) => name)

  test('are shown by their failing lines, with what they import step by step', async () => {
    const { stdout } = await prompt([], [...sources, ...runParts('t', 1, { stdout: 'at (test/parse.js:302:5)\n' })])
    expect(named(stdout)).toEqual(['index.js', 'lib/parse.js', 'lib/utils.js'])
    expect(stdout).toContain("> 302 | t.equal(qs.parse('a'), 1)\n")
    expect(stdout).toMatch(/^test\/parse\.js: 303 lines/m)
    expect(stdout).not.toContain('line 3 of a long test')
  })

  test('are shown whole if a finding or the task names them', async () => {
    const findings = 'test/parse.js:3:1: error x\n'
    expect(named((await prompt([], [...sources, ...runParts('lint', 1, { findings })])).stdout)).toEqual([
      'test/parse.js',
    ])
    expect(named((await prompt(['-i', 'Extend test/parse.js'], [...sources, ...runParts('t', 1)])).stdout)).toContain(
      'test/parse.js',
    )
  })

  test('are not shown because the instructions say that they stay', async () => {
    const args = ['-i', 'Fix it.', '-i', 'No reply may change test/parse.js.']
    const { stdout } = await prompt(args, [...sources, ...runParts('t', 1, { stdout: 'at (test/parse.js:302:5)\n' })])
    expect(named(stdout)).toEqual(['index.js', 'lib/parse.js', 'lib/utils.js'])
  })

  test('that are not in the stream lead to the sources, too', async () => {
    using folder = tempFolder({ 'test/parse.js': tests.content })
    const { stdout } = await prompt(
      [],
      [...sources.slice(0, 5), ...runParts('t', 1, { stdout: 'at (test/parse.js:302:5)\n' })],
      { cwd: folder.path },
    )
    expect(named(stdout)).toEqual(['index.js', 'lib/parse.js', 'lib/utils.js'])
    expect(stdout).toContain("> 302 | t.equal(qs.parse('a'), 1)\n")
  })
})

test.each([
  ['Java', 'src/test/java/x/ATest.java', '\tat x.ATest.adds(ATest.java:2)\n'],
  [
    'Go, in a package below',
    'in/b/b_test.go',
    '--- FAIL: TestB (0.00s)\n    b_test.go:2: no\nFAIL\texample.org/m/in/b\t0.1s\n',
  ],
  ['Go, at the top', 'b_test.go', '    b_test.go:2: no\nFAIL\tm\t0.1s\n'],
])('a test that its runner names by its base name is found: %s', async (_case, path, stdout) => {
  using folder = tempFolder({ [path]: 'one\ntwo\nthree\n' })
  const ran = await prompt([], runParts('t', 1, { stdout }), { cwd: folder.path })
  expect(ran.stdout).toContain(`<<<< excerpts <<<<\n${path}\n  1 | one\n> 2 | two\n  3 | three\n`)
})

test('--reply text asks for the one source and nothing else', async () => {
  const one: Part = { name: 'a.md', content: 'text\n' }
  const { stdout } = await prompt(['--reply', 'text'], [one, ...runParts('t', 1)])
  expect(stdout).toContain('Reply with the whole new version of a.md, from its first line')
  expect(stdout).not.toContain('src/sum.py')
  const none = await prompt(['--reply', 'text'], runParts('t', 1))
  expect(none.stdout).toContain('Reply with the whole text of the new file, from its first line')
  const two = await prompt(['--reply', 'text'], [one, { name: 'b.md', content: '' }, ...runParts('t', 1)])
  expect(two).toEqual({
    status: 2,
    stdout: '',
    stderr: 'lr-prompt: option --reply text: allows one source, not 2\n',
  })
})

test.each([
  'locale/de.po',
  'i18n/de.xlf',
  'icon.svg',
  'lib.min.js',
  'Cargo.lock',
  'go.sum',
  'package-lock.json',
  'test/fixtures/large.json',
  '__snapshots__/a.snap',
  'dist/app.js',
])('%s is shown only if something names it', async (path) => {
  const sources: Part[] = [
    { name: 'src/code.py', content: 'def f():\n    return 1\n'.repeat(400) },
    { name: path, content: 'x = 1\n'.repeat(4000) },
  ]
  const unnamed = await prompt([], [...sources, ...runParts('t', 1, { stdout: 'no\n' })])
  expect(unnamed.stdout).toContain('<<<< src/code.py <<<<')
  expect(unnamed.stdout).not.toContain('x = 1')
  const byName = await prompt([], [...sources, ...runParts('t', 1, { stdout: `${path}: wrong\n` })])
  expect(byName.stdout).toContain('x = 1')
})

test('code that a program has shortened is data', async () => {
  const sources: Part[] = [
    { name: 'code.js', content: 'exports.f = () => 1\n'.repeat(400) },
    { name: 'bundle.js', content: 'var a=1;'.repeat(4000) },
  ]
  const { stdout } = await prompt([], [...sources, ...runParts('t', 1, { stdout: 'no\n' })])
  expect(stdout).toContain('<<<< code.js <<<<')
  expect(stdout).not.toContain('var a=1;var')
})

describe('of many sources those that the failing lines call', () => {
  const far = Array.from({ length: 40 }, () => '\n').join('')
  const filler = (name: string) =>
    Array.from({ length: 150 }, (_, at) => `function ${name}_${at}(x) {\n  return x * ${at}\n}\n\n`).join('')
  const shown = async (
    files: Readonly<Record<string, string>>,
    tree: Readonly<Record<string, string>>,
    place: string,
  ) => {
    using folder = tempFolder(tree)
    const parts: Part[] = Object.entries(files).map(([name, content]) => ({ name, content }))
    const failed = runParts('t', 1, { stdout: `Error: 3 is not 5\n    at (${place}:2:5)\n` })
    return (await prompt([], [...parts, ...failed], { cwd: folder.path })).stdout
  }
  const luhn = `module.exports = function isLuhn(s) {\n  return s.length > 3\n}\n${filler('luhn')}`
  const card = `const isLuhn = require('./isLuhn')\nmodule.exports = function isCard(s) {\n  return isLuhn(s)\n}\n`
  const others = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`lib/is${at}.js`, `module.exports = (s) => s.length === ${at}\n`.repeat(5)]),
  )
  const entry = `${Object.keys(others)
    .map((path) => `exports.x = require('./${path.slice(0, -3)}')\n`)
    .join('')}exports.isCard = require('./lib/isCard')\n`
  const test_ = `const v = require('..')\nassert(v.isCard('4111'))\n${far}`

  test.each([
    ['index.js', '{ "name": "v" }'],
    ['main.js', '{ "name": "v", "main": "main.js" }'],
    ['main.js', '{ "name": "v", "exports": { ".": { "require": "./main.js" } } }'],
  ])('are found through the entry %s that is no source', async (name, pack) => {
    const stdout = await shown(
      { ...others, 'lib/isCard.js': card, 'lib/isLuhn.js': luhn },
      { [name]: entry, 'package.json': pack, 'test/v.test.js': test_ },
      'test/v.test.js',
    )
    expect(stdout).toContain('<<<< lib/isCard.js <<<<')
    expect(stdout).toContain('<<<< lib/isLuhn.js <<<<')
    expect(stdout).not.toContain('<<<< lib/is7.js <<<<')
    expect(stdout).not.toContain(`<<<< ${name}`)
  })

  test('are found through the entry of their folder that is no source', async () => {
    const stdout = await shown(
      {
        'src/pkg/first.py': `def first(x):\n    return x\n${'# a\n'.repeat(1500)}`,
        'src/pkg/second.py': `def second(x):\n    return x\n${'# a\n'.repeat(2000)}`,
      },
      {
        'src/pkg/__init__.py': 'from .first import first\nfrom .second import second\n',
        'tests/test_a.py': `import pkg\nassert pkg.second(2) == 3\n${far}`,
      },
      'tests/test_a.py',
    )
    expect(stdout).toContain('<<<< src/pkg/second.py <<<<')
    expect(stdout).not.toContain('<<<< src/pkg/first.py <<<<')
    expect(stdout).not.toContain('<<<< src/pkg/__init__.py <<<<')
  })

  test('are found by the names that they define', async () => {
    const stdout = await shown(
      {
        'pkg/__init__.py': Array.from({ length: 9 }, (_, at) => `from .part${at} import *\n`).join(''),
        ...Object.fromEntries(
          Array.from({ length: 9 }, (_, at) => [
            `pkg/part${at}.py`,
            `def name_${at}(x):\n    return x\n\n\n`.repeat(90),
          ]),
        ),
      },
      { 'tests/test_a.py': `import pkg\nassert pkg.name_7(2) == 3\n${far}` },
      'tests/test_a.py',
    )
    expect(stdout).toContain('<<<< pkg/part7.py <<<<')
    expect(stdout).not.toContain('<<<< pkg/part1.py <<<<')
  })

  test('are shown by parts if all of them do not fit, with what the parts use', async () => {
    const body = (name: string) =>
      `class Base_${name}:\n    def convert(self):\n        return 1\n\n\nclass Range_${name}(Base_${name}):\n    pass\n\n\n`
    const many = (name: string) =>
      Array.from({ length: 900 }, (_, at) => `def other_${name}_${at}(x):\n    return x\n\n\n`).join('')
    const names = ['one', 'two', 'three']
    const stdout = await shown(
      Object.fromEntries([
        ['pkg/__init__.py', names.map((name) => `from .${name}_types import *\n`).join('')],
        ...names.map((name) => [`pkg/${name}_types.py`, `${many(`a${name}`)}${body(name)}${many(`b${name}`)}`]),
      ]),
      { 'tests/test_a.py': `import pkg\nassert pkg.Range_one(pkg.Range_two, pkg.Range_three)\n${far}` },
      'tests/test_a.py',
    )
    for (const name of names) expect(stdout).toContain(body(name).trimEnd())
    expect(stdout.length).toBeLessThan(40_000)
  })

  test('may be what a build has written, if there is nothing else', async () => {
    const files = { 'dist/index.js': `exports.f = 1\n${filler('f')}`, 'dist/index.js.map': '{}\n'.repeat(3000) }
    const stdout = await shown(files, { 'test.js': `import './dist/index.js'\nf()\n` }, 'test.js')
    expect(stdout).toContain('<<<< dist/index.js <<<<')
    expect(stdout).not.toContain('<<<< dist/index.js.map')
    expect(await shown(files, {}, 'gone.js')).toContain('<<<< dist/index.js <<<<')
  })
})

test('a gap that is shorter than its mark is no gap', async () => {
  const body = (index: number) => `def value_${index}(x):\n    return ${index}\n\n`
  const content = Array.from({ length: 6000 }, (_, index) => body(index)).join('')
  const parts: Part[] = [{ name: 'a.py', content }, ...runParts('t', 1, { stdout: 'a.py:4: no\na.py:7: no\n' })]
  expect((await prompt([], parts)).stdout).toContain(`${body(1)}${body(2).trimEnd()}\n[lr-prompt: `)
})
