import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../programs.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const SCRIPT = join(root, '.github/run-action.sh')
const REPLY = '<<<< a.txt <<<<\nright\n>>>>>>>>\n'

test.each([
  { what: 'a check that passes', check: 'true', fix: 'false', status: 0 },
  { what: 'a check that fails', check: 'grep right a.txt', fix: 'false', status: 1 },
  { what: 'a fix', check: 'grep right a.txt', fix: 'true', status: 0 },
  {
    what: 'a fix of the sources of two lines',
    sources: 'b.txt\na.txt\n',
    check: 'grep right a.txt',
    fix: 'true',
    status: 0,
  },
])('the action does $what', async ({ sources = 'a.txt', check, fix, status }) => {
  using folder = tempFolder({ 'work/a.txt': 'broken\n', 'work/b.txt': '\n', reply: REPLY })
  const cwd = join(folder.path, 'work')
  await bash('git init -q . && git add -A && git commit -qm first', { cwd })
  const env = {
    RUNNER_TEMP: folder.path,
    GITHUB_OUTPUT: join(folder.path, 'output'),
    LR_ACTION_SOURCES: sources,
    LR_ACTION_CHECK: check,
    LR_ACTION_FIX: fix,
    LR_ACTION_MODEL: `exec:cat ${folder.path}/reply`,
  }
  const ran = await run(SCRIPT, [], { cwd, env })
  expect(ran, ran.stderr).toMatchObject({ status })
  expect(ran.stderr).not.toContain('No such file')
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
  expect(blocks.map(([, text = '']) => typeof parse(text))).toEqual(Array(5).fill('object'))
})

describe.runIf(hasProgram('pre-commit') && hasProgram('git'))('pre-commit', () => {
  const [, config = ''] = /```yaml\n([^]*?)```/.exec(read('docs/ci.md')) ?? []
  const tool = { '.pre-commit-hooks.yaml': read('.pre-commit-hooks.yaml'), 'package.json': read('package.json') }
  const BROKEN = 'a.json:2:1: error: a name in double quotes is expected, but the text ends here'

  test.each([
    ['a file that passes', { 'a.json': '{}\n' }, 0, 'lr-check....'],
    ['a file that fails', { 'a.json': '{\n' }, 1, BROKEN],
    ['files that no checker is built in for', { 'a.md': 'text\n', LICENSE: 'text\n' }, 0, 'Skipped'],
  ])(
    'checks %s, by the configuration of the page and by the hook of this repository',
    async (_, project, status, output) => {
      using folder = tempFolder({
        ...inFolder('tool', tool),
        ...inFolder('work', { ...project, '.pre-commit-config.yaml': config }),
        'home/.keep': '',
      })
      const [cwd, env] = [join(folder.path, 'work'), { HOME: join(folder.path, 'home') }]
      await bash('for each in ../tool .; do git -C $each init -q && git -C $each add -A; done', { cwd, env })
      await bash('git -C ../tool commit -qm first', { cwd, env })
      const files = ['--files', ...Object.keys(project)]
      for (const args of [['run'], ['try-repo', '../tool', 'lr-check']]) {
        const ran = await run('pre-commit', [...args, ...files], { cwd, env })
        expect(ran, ran.stdout).toMatchObject({ status, stdout: expect.stringContaining(output) as string })
        expect(ran.stdout).not.toContain('<<<<')
      }
    },
  )
})

function inFolder(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))
}
