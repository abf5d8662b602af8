import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '@loop-runner/test-kit'
import { transform } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../programs.ts'

const libraries = readdirSync(join(root, 'packages')).filter((name) => !name.startsWith('lr-'))

test.each(libraries)('the README of %s says what it is for, and its example runs', async (name) => {
  const folder = join(root, 'packages', name)
  const path = join(folder, 'README.md')
  expect(existsSync(path), path).toBe(true)
  const [, title, code = ''] = /^# (.+)\n\n[\s\S]+?```ts\n([\s\S]+?)```\n\n\S/.exec(readFileSync(path, 'utf8')) ?? []
  expect(title).toBe(name)
  // In the package, so that it may import it by its name; git does not look into dist.
  const file = join(folder, 'dist/readme.mjs')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, (await transform(code, { loader: 'ts', target: 'node20' })).code)
  // The test kit is private and not built: only tsx can load it.
  const loader = name === 'test-kit' ? ['--import', 'tsx'] : []
  const { status, stderr } = await run(process.execPath, [...loader, file], { cwd: folder })
  expect(status, stderr).toBe(0)
})
