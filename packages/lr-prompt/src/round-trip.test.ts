import { isBlock, nameOfPath, parseStream } from '@loop-runner/block-format'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_TEMPLATE } from './default-template.ts'
import { readEvidence } from './read-evidence.ts'
import { renderTemplate } from './render-template.ts'
import { TASKS } from './tasks.ts'
import { templateData } from './template-data.ts'
import { FAILING, prompt, runParts } from './test-stream.ts'

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
  '"q".c',
  'back\\slash',
  'tab\t.x',
  '<%.eta',
)
const tree = fc.dictionary(path, content, { noNullPrototype: true })

describe('sources go through a prompt byte for byte', () => {
  test('whatever they hold', () => {
    fc.assert(
      fc.property(tree, (files) => {
        const blocks = Object.entries(files).map(([name, text]) => ({ name: nameOfPath(name), content: text }))
        const { instructions: _, ...evidence } = readEvidence([...blocks, ...runParts('lint', 1)])
        const material = { ...evidence, history: [], instructions: TASKS.fix }
        const template = { name: 'built-in', text: DEFAULT_TEMPLATE, path: undefined }
        const parts = parseStream(renderTemplate(template, templateData(material, ''))).filter(isBlock)
        expect(parts.slice(0, blocks.length)).toEqual(blocks)
        expect(parts.slice(blocks.length).map(({ name }) => name)).toEqual(['', 'stdout', 'stderr', 'instructions'])
      }),
    )
  })
})

test('a prompt adds at most 4 KB to files and output', async () => {
  const { stdout } = await prompt([], FAILING)
  const contents = FAILING.map((part) => (isBlock(part) ? part.content : '')).join('')
  expect(Buffer.byteLength(stdout) - Buffer.byteLength(contents)).toBeLessThanOrEqual(4096)
})
