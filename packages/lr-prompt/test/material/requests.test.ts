import { isBlock, parseStream } from '@loop-runner/block-format'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { parseRequests } from '../../src/material/requests.ts'
import { prompt, runParts } from '../support/sample-stream.ts'

test.each([
  { request: 'src/a.ts', path: 'src/a.ts', lines: undefined },
  { request: 'src/a.ts:10-20', path: 'src/a.ts', lines: [{ from: 10, to: 20 }] },
  { request: 'src/a.ts:10', path: 'src/a.ts', lines: [{ from: 10, to: 10 }] },
  { request: 'src/a.ts#L10-L20', path: 'src/a.ts', lines: [{ from: 10, to: 20 }] },
  { request: 'src/a.ts lines 10-20', path: 'src/a.ts', lines: [{ from: 10, to: 20 }] },
  { request: 'src/a.ts (lines 10–20)', path: 'src/a.ts', lines: [{ from: 10, to: 20 }] },
  { request: 'odd:7', path: 'odd:7', lines: undefined },
])('"$request" asks for $path', ({ request, path, lines }) => {
  const requests = parseRequests([request], (name) => name === 'odd:7')
  expect(requests.paths).toEqual([path])
  expect(requests.lines.get(path)).toEqual(lines)
})

const LINES = Array.from({ length: 400 }, (_, at) => `def area_${at}(width): return width * ${at}`)

async function partFor(...shows: readonly string[]): Promise<string> {
  const options = ['--budget', '4000', ...shows.flatMap((path) => ['--show', path])]
  const source = { name: 'a.py', content: `${LINES.join('\n')}\n` }
  const { stdout } = await prompt(options, [source, ...runParts('t', 1, { stdout: 'no area_7\n' })])
  const part = parseStream(stdout)
    .filter(isBlock)
    .find(({ name }) => name === 'part')
  return part?.content ?? ''
}

test('a long source that was asked for is shown as far as there is room', async () => {
  const [usual, asked] = [await partFor(), await partFor('a.py')]
  expect(usual).toContain(`${LINES[7]}\n`)
  expect(usual).not.toContain(`${LINES[50]}\n`)
  expect(asked).toContain(`${LINES.slice(0, 60).join('\n')}\n`)
})

test('lines that were asked for are shown', async () => {
  const part = await partFor('a.py:300-330', 'a.py:390-999')
  expect(part).toContain(`${LINES.slice(299, 330).join('\n')}\n`)
  expect(part).toContain(`${LINES.slice(389).join('\n')}\n`)
})

test('a request with lines of a file that is no source shows the file', async () => {
  using folder = tempFolder({ 'notes.md': 'the notes\n' })
  const { stdout } = await prompt(['--show', 'notes.md:1-5'], runParts('t', 1), { cwd: folder.path })
  expect(stdout).toContain('<<<< notes.md <<<<\nthe notes\n>>>>>>>>\n')
})
