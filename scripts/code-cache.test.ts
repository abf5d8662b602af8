import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/cli-kit/testing'
import { expect, test } from 'vitest'
import { allPrograms, root } from './programs.ts'

/** Prints, at the end of a run, what became of the code cache of each script that was compiled with one. */
const PROBE = `
const vm = require('node:vm')
const { writeSync } = require('node:fs')
const seen = []
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options)
    seen.push(options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'accepted')
  }
}
process.on('exit', () => writeSync(2, 'cache: ' + seen.join()))
`

test.each(allPrograms.flatMap((name) => [[name, '--help'], [name, '--version'], [name, '--show-config'], [name]]))(
  '%s %s starts with the code cache of the build',
  async (name = '', ...args) => {
    using folder = tempFolder({ 'probe.cjs': PROBE })
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
