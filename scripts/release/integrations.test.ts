import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../programs.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const SCRIPT = join(root, '.github/run-action.sh')
const REPLY = '<<<< a.txt <<<<\nright\n>>>>>>>>\n'

test.each([
  { what: 'a check that passes', check: 'true', fix: 'false', status: 0 },
  { what: 'a check that fails', check: 'grep right a.txt', fix: 'false', status: 1 },
  { what: 'a fix', check: 'grep right a.txt', fix: 'true', status: 0 },
])('the action does $what', async ({ check, fix, status }) => {
  using folder = tempFolder({ 'work/a.txt': 'broken\n', reply: REPLY })
  const cwd = join(folder.path, 'work')
  await bash('git init -q . && git add -A && git commit -qm first', { cwd })
  const env = {
    RUNNER_TEMP: folder.path,
    GITHUB_OUTPUT: join(folder.path, 'output'),
    LR_ACTION_SOURCES: 'a.txt',
    LR_ACTION_CHECK: check,
    LR_ACTION_FIX: fix,
    LR_ACTION_MODEL: `exec:cat ${folder.path}/reply`,
  }
  expect(await run(SCRIPT, [], { cwd, env })).toMatchObject({ status })
  expect(readFileSync(join(folder.path, 'output'), 'utf8')).toBe(`status=${status}\n`)
  const report = readFileSync(join(folder.path, 'loop-runner', fix === 'true' ? 'summary.json' : 'blocks.txt'), 'utf8')
  expect(report).toContain(fix === 'true' ? '"reason":"passed"' : '<<<< outcome <<<<')
})

test.runIf(hasProgram('shellcheck'))('the problem matcher reads what lr-check --findings writes', async () => {
  using folder = tempFolder({ 'a.sh': '#!/bin/sh\necho $1\n' })
  const { stdout } = await bash('lr-check --findings -c shellcheck a.sh | lr-blocks get findings', { cwd: folder.path })
  const matcher = JSON.parse(read('.github/problem-matchers/lr-check.json')) as {
    problemMatcher: { pattern: { regexp: string }[] }[]
  }
  const pattern = matcher.problemMatcher[0]?.pattern[0]?.regexp ?? ''
  expect(stdout.trim()).toMatch(new RegExp(pattern))
  expect(read('docs/ci.md')).toContain(JSON.stringify(pattern))
})

test('every YAML file of the integrations can be read', () => {
  const files = ['action.yml', '.pre-commit-hooks.yaml', '.github/workflows/test.yml', '.github/workflows/release.yml']
  for (const file of files) expect(parse(read(file)), file).toBeTruthy()
  const blocks = [...read('docs/ci.md').matchAll(/```yaml\n([^]*?)```/g)]
  expect(blocks.map(([, text = '']) => typeof parse(text))).toEqual(Array(4).fill('object'))
})

test.runIf(hasProgram('pre-commit') && hasProgram('git'))(
  'pre-commit runs lr-check by the page’s own configuration',
  async () => {
    const [, config = ''] = /```yaml\n([^]*?)```/.exec(read('docs/ci.md')) ?? []
    using folder = tempFolder({ '.pre-commit-config.yaml': config, 'a.json': '{}\n', 'home/.keep': '' })
    const cwd = folder.path
    const env = { HOME: join(cwd, 'home') }
    await bash('git init -q . && git add -A', { cwd, env })
    expect(await run('pre-commit', ['run', '--all-files'], { cwd, env })).toMatchObject({ status: 0 })
    await bash('echo "{" > a.json && git add -A', { cwd, env })
    expect(await run('pre-commit', ['run', '--all-files'], { cwd, env })).toMatchObject({ status: 1 })
  },
)
