import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bash, hasProgram, tempFolder } from '@loop-runner/cli-kit/testing'

const page = readFileSync(new URL('writing-a-stage.md', import.meta.url), 'utf8')
/** A block of the page: a file to write, or a command line with what it prints. */
const BLOCK = /^```(\w+)(?: file=(\S+))?\n([^]*?)^```$/gm

const blocks = [...page.matchAll(BLOCK)].map(([, language = '', file, text = '']) => ({ language, file, text }))
const files = Object.fromEntries(blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])))
const commands = blocks
  .filter(({ language }) => language === 'console')
  .map(({ text }) => text.slice('$ '.length))
  .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)] as const)

test('the page has files and commands', () => {
  expect([Object.keys(files).length, commands.length]).toEqual([6, 5])
})

const inPython = commands.filter(([command]) => command.includes('.py'))
const others = commands.filter(([command]) => !command.includes('.py'))

test.each(others)('%s prints what the page says', tryOut)
test.skipIf(!hasProgram('python3')).each(inPython)('%s prints what the page says (python3)', tryOut)

async function tryOut(command: string, printed: string): Promise<void> {
  using folder = tempFolder(files)
  for (const file of Object.keys(files)) chmodSync(join(folder.path, file), 0o755)
  const { stdout } = await bash(`{ ${command}; } 2>&1`, { cwd: folder.path })
  expect(stdout).toBe(printed)
}
