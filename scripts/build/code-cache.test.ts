import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { CACHE_PROBE } from './cache-probe.ts'
import { allPrograms, root } from '../programs.ts'

test.each(allPrograms.flatMap((name) => [[name, '--help'], [name, '--version'], [name, '--show-config'], [name]]))(
  '%s %s starts with the code cache of the build',
  async (name = '', ...args) => {
    using folder = tempFolder({ 'probe.cjs': CACHE_PROBE })
    const env = { NODE_OPTIONS: `--require=${join(folder.path, 'probe.cjs')}` }
    const { stderr } = await run(name, args, { cwd: folder.path, env })
    expect(stderr).toMatch(/cache: accepted$/)
  },
)

test.each(allPrograms)('%s has a cache for texts and one for work, of this Node version', (name) => {
  const version = `${process.versions.v8}-${process.arch}`
  for (const kind of ['', 'front.']) {
    expect(existsSync(join(root, 'dist', `${name}.${kind}${version}.cache`)), kind).toBe(true)
  }
})
