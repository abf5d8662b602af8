import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { hasProgram, run, tempFolder } from '@loop-runner/cli-kit/testing'
import { describe, expect, test } from 'vitest'
import { SITUATIONS } from './situations.ts'

/** rustup's programs find nothing in an empty home. */
const TOOLCHAINS = {
  RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup'),
  CARGO_HOME: process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'),
}

const programs = new Set(SITUATIONS.map(({ program }) => program))

for (const program of programs) {
  const situations = SITUATIONS.filter((situation) => situation.program === program)
  describe.skipIf(!hasProgram(program))(`needs ${program}`, () => {
    test.concurrent.each(situations)('$checker: $situation is $outcome', async ({ files, args, outcome }) => {
      using folder = tempFolder(files)
      const { stdout, stderr } = await run('lr-check', args, { cwd: folder.path, env: TOOLCHAINS })
      const outcomes = parseStream(stdout).filter((part) => 'name' in part && part.name === 'outcome')
      expect(outcomes, `${stdout}${stderr}`).toEqual([{ name: 'outcome', content: `${outcome}\n` }])
    })
  })
}
