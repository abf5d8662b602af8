import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { showRemarks } from '../../src/doctor/show-remarks.ts'

/** The lines of `lr-loop doctor`, by subject. */
async function doctor(
  env: Record<string, string>,
  prepare = '',
): Promise<{ status: number; lines: Map<string, string> }> {
  using folder = tempFolder({ 'a.py': 'x = 1\n' })
  using home = tempFolder()
  if (prepare !== '') await run('sh', ['-c', prepare], { cwd: folder.path, env: { HOME: home.path } })
  const { status, stdout, stderr } = await run('lr-loop', ['doctor'], {
    cwd: folder.path,
    env: { HOME: home.path, XDG_STATE_HOME: `${home.path}/state`, ...env },
  })
  expect(stderr).toBe('')
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => /^(ok|note|!!) +(\S+) +(.+)$/.exec(line) ?? [])
  return {
    status,
    lines: new Map(rows.map(([, level = '', subject = '', text = '']) => [subject, `${level} ${text}`])),
  }
}

test('a folder without a repository and a machine without a key', async () => {
  const { status, lines } = await doctor({})
  expect(status).toBe(1)
  expect(lines.get('git')).toMatch(/^!! .*no repository here \(git init, or --no-git\)$/)
  expect(lines.get('model')).toMatch(/^!! no key is set \(set GROQ_API_KEY, /)
  expect(lines.get('lr.yaml')).toMatch(/^note none here \(lr-loop init writes one\)$/)
  expect(lines.get('sources')).toBe('ok a.py')
  expect(lines.get('checkers')).toContain('ruff')
})

test('a repository and a key: a loop can run', async () => {
  const { status, lines } = await doctor(
    { OPENAI_API_KEY: 'k' },
    'mkdir -p .git/objects .git/refs; echo "ref: refs/heads/main" > .git/HEAD',
  )
  expect(lines.get('key')).toBe('ok openai: OPENAI_API_KEY')
  expect(lines.get('model')).toBe('ok openai/gpt-5-mini')
  expect(lines.get('git')).toMatch(/; a repository$/)
  expect(status).toBe(0)
})

test('an endpoint of one’s own is no mistake of the configuration', async () => {
  const prepare = `mkdir -p "$HOME/.config/loop-runner"
    echo 'providers: { lab: { url: "http://127.0.0.1:1" } }' > "$HOME/.config/loop-runner/config.yaml"`
  const { lines } = await doctor({ LR_MODEL: 'lab/a' }, prepare)
  expect(lines.get('model')).toBe('ok can be asked')
})

test('a repository in which no one can commit, and a model without a key', async () => {
  const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' }
  const { status, lines } = await doctor({ ...nobody, LR_MODEL: 'exec:cat' }, 'git init -q')
  expect(status).toBe(1)
  expect(lines.get('git')).toMatch(/^!! .*; user\.name and user\.email: not set; .*git config --global user\.email/)
  expect(lines.get('model')).toBe('ok can be asked')
})

test('an lr.yaml that is wrong is named with its place', async () => {
  const { status, lines } = await doctor({ OPENAI_API_KEY: 'k' }, 'echo "iterations: many" > lr.yaml')
  expect(status).toBe(1)
  expect(lines.get('lr.yaml')).toMatch(/^!! .*lr\.yaml:1:1: iterations: /)
})

test.each([
  ['sh ./check.sh', 'ok', /^ok sh \.\/check\.sh \(check-command of lr\.yaml\)$/],
  ['[sh, -c, "a && b"]', 'ok', /^ok sh -c 'a && b' \(/],
  ['./a.py', 'ok', /^ok \.\/a\.py \(/],
  ['no-such-program -q', '!!', /^!! no-such-program: not found \(install it, or correct check-command in lr\.yaml\)$/],
  ['./none.sh', '!!', /^!! \.\/none\.sh: not found /],
])('the check command of lr.yaml: %s', async (command, level, says) => {
  const { status, lines } = await doctor(
    { OPENAI_API_KEY: 'k' },
    `printf '%s\n' 'sources: [a.py]' 'check-command: ${command}' 'loop: { no-git: true }' > lr.yaml`,
  )
  expect(lines.get('check')).toMatch(says)
  expect(lines.get('tests')).toBeUndefined()
  expect(lines.get('git')).toBe('ok not used (no-git in lr.yaml)')
  expect(status).toBe(level === 'ok' ? 0 : 1)
})

test('a folder for records that cannot be made', async () => {
  const { status, lines } = await doctor({ OPENAI_API_KEY: 'k', XDG_STATE_HOME: '/dev/null/state' })
  expect(status).toBe(1)
  expect(lines.get('records')).toMatch(/^!! .*\(set XDG_STATE_HOME, or --run-dir\)$/)
})

test('remarks stand in columns', () => {
  const remarks = [
    { level: 'ok', subject: 'a', text: 'one' },
    { level: '!!', subject: 'long', text: 'two' },
  ] as const
  expect(showRemarks(remarks)).toBe('ok    a     one\n!!    long  two\n')
})
