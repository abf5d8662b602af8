import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { allPrograms } from '../scripts/programs.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  packageManager: string
}

/** The pipes in the table of programs; a pipe sign is escaped there. */
const pipes = [...readme.matchAll(/^\| `(lr-\w+)` \|.*\| `(.*)` \|$/gm)].map(([, program = '', pipe = '']) => ({
  program,
  pipe: pipe.replaceAll('\\|', '|'),
}))

/** What the pipes of the README work on; the model is a program that answers with its prompt. */
const FILES = {
  'src/a.js': 'export const a = 1\n',
  'test/a.test.js': "import { test } from 'node:test'\ntest('a', () => {})\n",
  'package.json': '{ "type": "module" }\n',
  Makefile: 'test:\n\ttrue\n',
  'reply.txt': '<<<< src/a.js <<<<\nexport const a = 2\n>>>>>>>>\n',
  'report.md': 'word '.repeat(300),
  'cases/one/a.txt': 'one\n',
  'cases/one/lr.yaml': 'sources: [a.txt]\ncheck-command: grep -q one a.txt\n',
}

test('every program has a pipe', () => {
  expect(pipes.map(({ program }) => program).toSorted()).toEqual(allPrograms.toSorted())
})

test.skipIf(!hasProgram('git') || !hasProgram('make')).each(pipes)('$pipe (git, make)', async ({ pipe }) => {
  using folder = tempFolder(FILES)
  const prepare = 'git init -q && git add -A && git commit -qm start && lr-git start > /dev/null && echo >> Makefile'
  const script = `${prepare} && lr-git status > /dev/null; set -o pipefail; ${pipe}`
  const { status, stderr } = await bash(script, { cwd: folder.path, env: { LR_MODEL: 'exec:cat', LR_DIRTY: 'carry' } })
  expect(status, stderr).toBe(0)
})

test('the two commands name the pnpm of package.json, and scripts that are there', async () => {
  const commands = [...readme.matchAll(/^npx -y (pnpm@\S+) (\w+)$/gm)].map(([, pnpm, script]) => `${pnpm} ${script}`)
  expect(commands).toEqual([`${packageManager} demo`, `${packageManager} test`])
})

test('every option in the README is one', async () => {
  const calls = [...readme.matchAll(/(lr-\w+) ([^|`\n]*)/g)]
  // What follows a lone -- is the check's command line.
  const options = calls.flatMap(([, program = '', rest = '']) =>
    [...(` ${rest}`.split(' -- ')[0] ?? '').matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => ({ program, option })),
  )
  expect(options.length).toBeGreaterThan(2)
  for (const { program, option } of options) {
    expect((await run(program, ['--help'])).stdout, `${program} ${option}`).toContain(option)
  }
})
