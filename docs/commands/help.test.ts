import { expect, test } from 'vitest'
import { run } from '@loop-runner/test-kit'
import { allPrograms } from '../../scripts/programs.ts'

/** The commands of a program stand in its help, below "Commands". */
const COMMAND = /^ {2}([a-z-]+) {2,}\S/gm

test.each(allPrograms)('%s.txt is what --help prints, for every command', async (program) => {
  const env = { COLUMNS: '80' }
  const { stdout: help } = await run(program, ['--help'], { env })
  const [, commands = ''] = help.split(/^Commands .*$/m)
  let page = help
  for (const [, command = ''] of commands.matchAll(COMMAND)) {
    page += `\n${'-'.repeat(80)}\n\n${(await run(program, [command, '--help'], { env })).stdout}`
  }
  // Examples are indented, and not broken.
  expect(page.split('\n').filter((line) => line.length > 80 && !line.startsWith('  '))).toEqual([])
  await expect(page).toMatchFileSnapshot(`./${program}.txt`)
})

test.each(allPrograms)('%s --help has lines of at most 80 columns, and --version one line', async (program) => {
  const { stdout, status } = await run(program, ['--help'], { env: { COLUMNS: '80' } })
  expect(status).toBe(0)
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(await run(program, ['--version'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^lr-\w+ \d+\.\d+\.\d+\n$/) as string,
  })
})

test.each(allPrograms)('%s help prints what --help prints', async (program) => {
  expect(await run(program, ['help'])).toEqual(await run(program, ['--help']))
})
