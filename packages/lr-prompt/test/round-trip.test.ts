import { isBlock, nameOfPath, parseStream } from '@loop-runner/block-format'
import { run, tempFolder, TRIES_ALL } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_TEMPLATE } from '../src/templates/default-template.ts'
import { readEvidence } from '../src/evidence/read-evidence.ts'
import { renderTemplate } from '../src/templates/render-template.ts'
import { TASKS } from '../src/material/tasks.ts'
import { templateData } from '../src/templates/template-data.ts'
import { FAILING, prompt, runParts } from './support/sample-stream.ts'

/** Lines that have broken packers: delimiters, conflict markers, line ends, markers. */
const line = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/\0|\p{Surrogate}/gu, '')),
  fc.constantFrom(
    '>>>>>>>>',
    '>>>>>>>>>> ',
    '<<<< a.py <<<<',
    '<<<<<<<<',
    '<<<<<<< HEAD',
    '\r',
    '\\ No newline at end of file',
    '<%= it.x %>',
    '',
  ),
)
const content = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([lines, end, whole]) => {
  return lines.join(end) + (whole ? end : '')
})
const path = fc.constantFrom(
  'a.py',
  'stdout',
  'instructions',
  'src/ü.ts',
  'with blank.txt',
  ' src/ blanks ',
  '"q".c',
  'back\\slash',
  'tab\t.x',
  'line\nbreak',
  'bell\x07\x1b[31m',
  'right\u202eleft.js',
  '<<<< x <<<<',
  '<%.eta',
  '-rf',
  '日本/語',
)
const tree = fc.dictionary(path, content, { noNullPrototype: true, maxKeys: 5 })
const TREES = 10_000
/** Those that are written to the disk, which takes far longer: all of them with LR_SLOW_TESTS. */
const TREES_ON_DISK = TRIES_ALL ? TREES : 1000

/** The blocks of a stream that hold files, by path. */
function filesIn(stream: string): ReadonlyMap<string, string> {
  const blocks = parseStream(stream).filter(isBlock)
  return new Map(blocks.filter(({ name }) => name.includes('/')).map(({ name, content: text }) => [name, text]))
}

/** Only what differs is shown, and compared at length. */
function expectSame(found: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): void {
  expect(found.size).toBe(wanted.size)
  const different = [...wanted].filter(([name, text]) => found.get(name) !== text)
  expect(Object.fromEntries(different.map(([name]) => [name, found.get(name)]))).toEqual(Object.fromEntries(different))
}

describe('trees go through a prompt byte for byte', () => {
  test('10,000 in one process', () => {
    fc.assert(
      fc.property(tree, (files) => {
        const blocks = Object.entries(files).map(([name, text]) => ({ name: nameOfPath(name), content: text }))
        const { instructions: _, ...evidence } = readEvidence([...blocks, ...runParts('lint', 1)])
        const material = { ...evidence, history: [], instructions: TASKS.fix, parts: [], map: '' }
        const template = { name: 'built-in', text: DEFAULT_TEMPLATE, path: undefined }
        const parts = parseStream(renderTemplate(template, templateData(material, ''))).filter(isBlock)
        expect(parts.slice(0, blocks.length)).toEqual(blocks)
        expect(parts.slice(blocks.length).map(({ name }) => name)).toEqual(['', 'stdout', 'instructions'])
      }),
      { numRuns: TREES },
    )
  })

  test(`${TREES_ON_DISK} from the disk, by lr-blocks pack and lr-prompt`, async () => {
    const trees = fc.sample(tree, TREES_ON_DISK).map((files, index) => {
      return Object.entries(files).map(([name, text]) => [`tree ${index}/${name}`, text] as const)
    })
    const files = new Map(trees.flat())
    using folder = tempFolder(Object.fromEntries(files))
    const packed = await run('lr-blocks', ['pack', '.'], { cwd: folder.path })
    expectSame(filesIn(packed.stdout), files)
    const prompted = await run('lr-prompt', ['-i', 'x', '--allow-secrets', '--reply', 'none'], { stdin: packed.stdout })
    expectSame(filesIn(prompted.stdout), files)
  })
})

test('a prompt adds at most 4 KB to files and output', async () => {
  const { stdout } = await prompt([], FAILING)
  const contents = FAILING.map((part) => (isBlock(part) ? part.content : '')).join('')
  expect(Buffer.byteLength(stdout) - Buffer.byteLength(contents)).toBeLessThanOrEqual(4096)
})
