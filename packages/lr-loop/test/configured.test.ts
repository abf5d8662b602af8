import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

const REPLY = '<<<< src/a.txt <<<<\nfixed\n>>>>>>>>\n'
const FILES = { 'src/a.txt': 'broken\n', 'reply.txt': REPLY, 'state/.keep': '' }

test('a plain lr-loop does what lr.yaml says: sources, check, stages, limits', async () => {
  using folder = tempFolder({
    ...FILES,
    'lr.yaml': 'sources: src\ncheck-command: grep -q fixed src/a.txt\nno-git: true\nstages: { llm: cat reply.txt }\n',
  })
  const options = { cwd: folder.path, env: { XDG_STATE_HOME: join(folder.path, 'state') } }
  expect(await run('lr-loop', ['trust'], options)).toMatchObject({ status: 0 })
  const ran = await run('lr-loop', ['--json', '--run-dir=run'], options)
  expect(ran, ran.stderr).toMatchObject({ status: 0 })
  expect(readFileSync(join(folder.path, 'src/a.txt'), 'utf8')).toBe('fixed\n')
})

test.each([
  { args: ['--profile=fast'], env: {} },
  { args: ['--config=other.yaml', '--profile', 'fast'], env: {} },
  { args: [], env: { LR_PROFILE: 'fast' } },
])('the stages read what the loop read: $args', async ({ args, env }) => {
  const yaml = `loop: { sources: src, no-git: true, iterations: 1 }
checks: { slow: 'false' }
profiles:
  fast:
    checks: { slow: grep -q fixed src/a.txt }
`
  const named = args.some((arg) => arg.startsWith('--config'))
  using folder = tempFolder({ ...FILES, [named ? 'other.yaml' : 'lr.yaml']: yaml })
  const ran = await run('lr-loop', [...args, '--llm=cat reply.txt', '--run-dir=run'], { cwd: folder.path, env })
  expect(ran, ran.stderr).toMatchObject({ status: 0 })
})

test('a resumed run reads what it had read', async () => {
  using folder = tempFolder({
    ...FILES,
    'other.yaml': `sources: src
no-git: true
profiles:
  fast: { checks: { a: grep -q fixed src/a.txt } }
`,
  })
  const killOnce = 'test -e killed && exec cat reply.txt; touch killed; kill -9 $PPID; exit 1'
  const cut = ['--config=other.yaml', '--profile=fast', '--run-dir=run', '--llm', killOnce]
  expect(await run('lr-loop', cut, { cwd: folder.path })).toMatchObject({ status: 137 })
  const again = await run('lr-loop', ['--resume', 'run'], { cwd: folder.path })
  expect(again, again.stderr).toMatchObject({ status: 0 })
})

test('without sources it says what to do', async () => {
  using folder = tempFolder()
  expect((await run('lr-loop', [], { cwd: folder.path })).stderr).toBe(
    'lr-loop: which files may change? (name them: lr-loop SOURCE… [-- CHECK COMMAND…]; or: lr-loop init)\n',
  )
})
