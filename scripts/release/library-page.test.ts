import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../programs.ts'
import { bundleLibrary } from './bundle-library.ts'
import { writeManifest } from './manifest.ts'

// docs/library.md: every `js` block is run, and prints the `console` block behind it.
const page = readFileSync(join(root, 'docs/library.md'), 'utf8')
const examples = [...page.matchAll(/```js\n([^]*?)```\n\n```console\n([^]*?)```/g)].map(
  ([, code = '', output = '']) => ({
    code,
    output,
    title: /import \{ (.*) \}/.exec(code)?.[1] ?? '',
  }),
)
const place = tempFolder()

beforeAll(async () => {
  const folder = join(place.path, 'node_modules/loop-runner')
  mkdirSync(folder, { recursive: true })
  await bundleLibrary(join(folder, 'lib'))
  for (const shared of ['bin', 'dist']) symlinkSync(join(root, shared), join(folder, shared))
  writeFileSync(join(folder, 'package.json'), writeManifest('0.0.0', []))
  writeFileSync(join(place.path, 'a.txt'), 'broken\n')
  writeFileSync(join(place.path, 'reply'), '<<<< a.txt <<<<\nright\n>>>>>>>>\n')
})

afterAll(() => place[Symbol.dispose]())

test('the page has examples', () => expect(examples.length).toBeGreaterThan(2))

test.each(examples)('$title', async ({ code, output }) => {
  writeFileSync(join(place.path, 'example.mjs'), code)
  expect(await run('node', ['example.mjs'], { cwd: place.path })).toEqual({ status: 0, stdout: output, stderr: '' })
})
