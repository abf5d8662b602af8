import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

const BAD = 'export const add = (a, b) => a - b\n'
const GOOD = 'export const add = (a, b) => a + b\n'
const FILES = {
  'package.json': '{ "type": "module" }\n',
  'src/add.js': BAD,
  'test/add.test.js':
    "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { add } from '../src/add.js'\ntest('adds', () => assert.equal(add(1, 2), 3))\n",
  'check.sh': '#!/bin/sh\nexec node --test\n',
  'my check.sh': '#!/bin/sh\nexec node --test\n',
  'check.js': 'process.exit(1)\n',
}

const block = (name: string, content: string) => `<<<< ${name} <<<<\n${content}>>>>>>>>\n`

/** A repository with FILES and scripted replies outside of it, and what a run of the loop there gives. */
async function loop(replies: readonly string[], args: readonly string[], env: Record<string, string> = {}) {
  using folder = tempFolder(Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])))
  const tree = join(folder.path, 'tree')
  await bash(`mkdir -p tree outside`, { cwd: folder.path })
  for (const [name, content] of Object.entries(FILES)) {
    await bash(`mkdir -p "$(dirname "$NAME")"`, { cwd: tree, env: { NAME: name } })
    writeFileSync(join(tree, name), content)
  }
  await bash('chmod +x *.sh && git init -q -b main && git add -A && git commit -qm start', { cwd: tree })
  const model = replies.length > 0 ? ['--model', `replay:${join(folder.path, 'replies')}`] : []
  const ran = await run('lr-loop', ['--json', '--run-dir', join(folder.path, 'run'), ...model, ...args], {
    cwd: tree,
    env,
  })
  const summary = JSON.parse(ran.stdout || '{}') as Partial<Summary>
  const { stdout: changed } = await bash('git diff --name-only main; git status --porcelain', { cwd: tree })
  const { stdout: history } = await bash('git log --format=%s main..HEAD', { cwd: tree })
  return {
    ...ran,
    summary,
    changed: changed.split('\n').filter(Boolean),
    history: history.split('\n').filter(Boolean),
    add: readFileSync(join(tree, 'src/add.js'), 'utf8'),
    outside: readdirSync(folder.path).sort(),
    prompts: readPrompts(join(folder.path, 'run')),
  }
}

function readPrompts(runFolder: string): string[] {
  const iterations = readdirSync(runFolder).filter((name) => /^[1-9]/.test(name))
  return iterations.map((name) => readFileSync(join(runFolder, name, 'prompt.out'), 'utf8'))
}

const CHECK = ['src', '--', 'node', '--test']

describe.skipIf(!hasProgram('git'))('a run in a repository (git)', () => {
  test('a good reply: the check passes, one commit for the file and one for FIXES.md', async () => {
    const { status, summary, changed, history, add } = await loop([block('src/add.js', GOOD)], CHECK)
    expect({ status, add }).toEqual({ status: 0, add: GOOD })
    expect(summary).toMatchObject({ status: 0, reason: 'passed', iterations: 1, scores: [0, 1] })
    expect(summary.branch).toMatch(/^lr\//)
    expect(summary.commits).toHaveLength(history.length)
    expect(changed).toEqual(['FIXES.md', 'src/add.js'])
  })

  test('what the model says when it changes nothing goes into FIXES.md with the next commit, or by one of its own', async () => {
    const { summary, changed, history } = await loop(
      [
        'The test is strange.\n',
        block('src/add.js', 'export const add = (a, b) => a * b\n'),
        'The test is wrong.\n',
        block('src/add.js', GOOD),
      ],
      ['-i4', ...CHECK],
    )
    expect({ changed, reason: summary.reason }).toEqual({ changed: ['FIXES.md', 'src/add.js'], reason: 'passed' })
    // The first explanation is in the first entry: a commit for each new version, one for each entry of FIXES.md.
    expect(history).toHaveLength(5)
    expect(summary.rounds?.map(({ explanation }) => explanation)).toContain('The test is strange.')
  })

  test.each([['--branch=run/x'], ['--no-git']])(
    'a run in which no reply changes a file leaves no branch: %s',
    async (option) => {
      const { summary, changed } = await loop(['The test is wrong.\n'], ['-i1', option, ...CHECK])
      expect({ changed, commits: summary.commits, branch: summary.branch }).toEqual({
        changed: [],
        commits: [],
        branch: null,
      })
      expect(summary.rounds?.at(-1)?.explanation).toBe('The test is wrong.')
    },
  )

  test('the check passes at once: no model call, no branch', async () => {
    const { status, summary, changed } = await loop([], ['--llm', 'false', 'src', '--', 'true'])
    expect({ status, changed }).toEqual({ status: 0, changed: [] })
    expect(summary).toMatchObject({ reason: 'passed', iterations: 0, branch: null })
  })

  test('two replies: the second prompt shows the file as it then is', async () => {
    const { status, summary, prompts } = await loop(
      [block('src/add.js', 'export const add = 5\n'), block('src/add.js', GOOD)],
      CHECK,
    )
    expect({ status, iterations: summary.iterations }).toEqual({ status: 0, iterations: 2 })
    expect(prompts[1]).toContain(block('src/add.js', 'export const add = 5\n'))
  })

  test('a reply that is the file as it is: status 1, identical, nothing changed', async () => {
    const { status, summary, changed, add } = await loop([block('src/add.js', BAD), block('src/add.js', BAD)], CHECK)
    expect({ status, changed, add }).toEqual({ status: 1, changed: [], add: BAD })
    expect(summary.reason).toBe('identical')
  })

  test.each([
    { check: ['bash', '-o', 'pipefail', 'check.sh'], name: 'check.sh' },
    { check: ['env', 'A=1', './check.sh'], name: 'check.sh' },
    { check: ['timeout', '60', './my check.sh'], name: 'my check.sh' },
    { check: ['node', 'check.js'], name: 'check.js' },
    { check: ['node', '-e', 'x'.repeat(999)], name: 'test/add.test.js' },
  ])('no reply changes the script that $check starts, although it lies in a folder that may change', async (judge) => {
    const passing = block('pipefail', 'passing\n') + block(judge.name, '#!/bin/sh\n')
    const { status, prompts } = await loop([passing, passing], ['-i', '2', '.', '--', ...judge.check])
    expect(status).toBe(1)
    expect(prompts[1]).toContain(`${judge.name}: `)
  })

  test.each(['../x', '/etc/x', '.git/hooks/x', 'check.sh', 'test/add.test.js', 'src/../../x', '~/x', 'other.js'])(
    'a reply that names %s changes nothing, and the next prompt says why',
    async (name) => {
      const evil = block('src/add.js', 'evil\n') + block(name, 'evil\n')
      const { status, summary, changed, outside, add, prompts } = await loop(
        [evil, 'Sorry.\n', 'Sorry.\n'],
        ['src', '--', './check.sh'],
      )
      expect({ status, reason: summary.reason, changed, add }).toEqual({
        status: 1,
        reason: 'no-new-versions',
        changed: [],
        add: BAD,
      })
      expect(outside).toEqual(['outside', 'replies', 'run', 'tree'])
      expect(prompts[1]).toContain(name)
      expect(prompts[1]).not.toBe(prompts[0])
    },
  )

  test('all iterations used; the last write is checked all the same', async () => {
    const failing = await loop([block('src/add.js', 'export const add = 1\n')], ['-i', '1', ...CHECK])
    expect({ status: failing.status, reason: failing.summary.reason }).toEqual({ status: 1, reason: 'iterations' })
    const passing = await loop([block('src/add.js', GOOD)], ['-i', '1', ...CHECK])
    expect({ status: passing.status, reason: passing.summary.reason }).toEqual({ status: 0, reason: 'passed' })
  })

  test('a state that was there before is an oscillation', async () => {
    const other = block('src/add.js', 'export const add = 1\n')
    const { summary } = await loop([other, block('src/add.js', BAD)], CHECK)
    expect(summary).toMatchObject({ status: 1, reason: 'oscillating', iterations: 2 })
  })

  test('incomplete answers: the next prompt tells the model, the second in a row ends with 5', async () => {
    const llm = `echo '{"input": 3, "output": 1, "cost": 0.5}' | lr-blocks wrap usage; exit 5`
    const { status, summary, prompts } = await loop([], ['--llm', llm, ...CHECK])
    expect({ status, reason: summary.reason }).toEqual({ status: 5, reason: 'incomplete' })
    expect(summary.usage).toEqual({ calls: 2, tokens: 8, cost: 1 })
    expect(prompts[1]).toContain('your last reply was incomplete')
  })

  test('the check is not there: no verdict, status 3, no call', async () => {
    const { status, summary, stderr } = await loop(['x'], ['src', '--', 'no-such-checker'])
    expect({ status, reason: summary.reason, iterations: summary.iterations }).toEqual({
      status: 3,
      reason: 'error',
      iterations: 0,
    })
    expect(stderr).toContain('missing')
    expect(stderr).not.toContain('lr-loop --resume')
  })

  test('nothing came of it: no branch is left, and there is nothing to keep', async () => {
    const { stderr } = await loop(['Sorry.\n', 'Sorry.\n'], CHECK)
    expect(stderr).not.toMatch(/^lr-loop: branch:|keep:|abandon/m)
  })

  test('changes that are not committed: refused before any call', async () => {
    using folder = tempFolder({ 'a.js': 'x\n' })
    await bash('git init -q && git add -A && git commit -qm start && echo y > a.js', { cwd: folder.path })
    const { status, stderr } = await run('lr-loop', ['--llm', 'touch called', 'a.js', '--', 'false'], {
      cwd: folder.path,
    })
    expect(status).toBe(3)
    expect(stderr).toMatch(/a\.js|not committed|dirty/)
    expect(readdirSync(folder.path).sort()).toEqual(['.git', 'a.js'])
  })
})

describe('a run without git', () => {
  const files = { ...FILES, replies: '' }

  test('--no-git changes the files and nothing else', async () => {
    using folder = tempFolder({ 'src/add.js': BAD, 'replies/1.txt': block('src/add.js', GOOD) })
    const args = [
      '--no-git',
      '--model',
      'replay:replies',
      '--run-dir',
      'run',
      'src',
      '--',
      'grep',
      '-q',
      '+',
      'src/add.js',
    ]
    const { status } = await run('lr-loop', args, { cwd: folder.path })
    expect({ status, names: readdirSync(folder.path).sort() }).toEqual({ status: 0, names: ['replies', 'run', 'src'] })
    expect(readFileSync(join(folder.path, 'src/add.js'), 'utf8')).toBe(GOOD)
  })

  test('outside a repository it stops before any call and says what to do', async () => {
    using folder = tempFolder({ 'a.js': files['src/add.js'] })
    const { status, stderr } = await run('lr-loop', ['--llm', 'touch called', 'a.js', '--', 'false'], {
      cwd: folder.path,
    })
    expect(status).toBe(3)
    expect(stderr).toContain('not a git repository')
    expect(stderr).toContain('use --no-git to work without')
    expect(readdirSync(folder.path)).toEqual(['a.js'])
  })
})

test('a context file is shown as one that is not to be edited, and no reply changes it', async () => {
  using folder = tempFolder({
    'src/add.js': BAD,
    'src/spec.txt': 'add(1, 2) is 3\n',
    'replies/1.txt': block('src/add.js', GOOD) + block('src/spec.txt', 'add(1, 2) is -1\n'),
    'replies/2.txt': block('src/add.js', GOOD),
  })
  const args = ['--no-git', '--model=replay:replies', '--run-dir=run', '--context=./src/spec.txt']
  const check = ['src', '--', 'grep', '-q', '+', 'src/add.js']
  const { status } = await run('lr-loop', [...args, ...check], { cwd: folder.path })
  const [first = '', second = ''] = readPrompts(join(folder.path, 'run'))
  expect(status).toBe(0)
  expect(first).toContain('for reference only; send no new versions of them\n<<<< src/spec.txt <<<<\n')
  expect(second).toContain('<<<< rejected <<<<\nsrc/spec.txt: ')
  expect(readFileSync(join(folder.path, 'src/spec.txt'), 'utf8')).toBe('add(1, 2) is 3\n')
})

describe('the stages of a run', () => {
  test('a replaced stage gets the stream, its environment and the order of the git stage', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const stage = (name: string, rest: string) =>
      `{ cat > ${name}-$LR_ITERATION.in; echo "$LR_SOURCES/$LR_ITERATION/$(basename $LR_RUN_DIR)" >> ${name}.env; ${rest}; }`
    const stages = {
      '--run-dir': 'run',
      '--check': stage('check', 'test -e fixed || { echo text; exit 1; }'),
      '--prompt': stage('prompt', 'echo prompt'),
      '--llm': stage('llm', 'echo reply'),
      '--apply': stage('apply', 'touch fixed; echo a.txt | lr-blocks wrap changed'),
      '--git': `printf '%s\\n'`,
    }
    const args = [...Object.entries(stages).flat(), 'a.txt']
    const { status } = await run('lr-loop', args, { cwd: folder.path })
    const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
    expect(status).toBe(0)
    expect(read('check.env')).toBe('a.txt/0/run\na.txt/1/run\n')
    expect(read('prompt-1.in')).toBe('text\n')
    expect(read('llm-1.in')).toBe('prompt\n')
    expect(read('apply-1.in')).toBe('reply\n')
    expect(read('run/0/git-start.out')).toBe('start\n')
    expect(read('run/1/git-commit.out')).toBe('commit\n')
  })

  test('a second loop in the tree is refused, and told of the first; one that is gone does not hold it', async () => {
    using folder = tempFolder({ 'tree/.git/HEAD': '', 'tree/a.txt': 'a\n', 'tree/sub/b.txt': 'b\n' })
    const env = { XDG_STATE_HOME: join(folder.path, 'state') }
    const second = `lr-loop -C sub --no-git --run-dir ../../second --llm false b.txt -- false`
    const script = `lr-loop --no-git --run-dir ../first --llm 'touch ../asked; exec sleep 61.25' a.txt -- false & pid=$!
      until [ -e ../asked ]; do sleep 0.05; done; ${second}; echo $?; kill -9 $pid; wait $pid; ${second} 2> /dev/null; echo $?`
    const { stdout, stderr } = await bash(script, { cwd: join(folder.path, 'tree'), env })
    expect(stdout).toBe('4\n1\n')
    expect(stderr).toMatch(/locked by another loop \(run \S+\/first\), process \d+, since /)
    await bash("pkill -f 'sleep 61.25'")
  })

  test('an interrupt ends the stage and keeps the run', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const script = `lr-loop --json --run-dir run --llm 'touch asked; exec sleep 62.25' --no-git a.txt -- false & pid=$!
      until [ -e asked ]; do sleep 0.05; done; kill -INT $pid; wait $pid; echo $?; pgrep -fc 'sleep 62.2[5]' || true`
    const { stdout } = await bash(script, { cwd: folder.path })
    const summary = JSON.parse(readFileSync(join(folder.path, 'run/summary.json'), 'utf8')) as Summary
    expect(stdout.split('\n')[0]).toBe('130')
    expect(summary).toMatchObject({ status: 130, reason: 'interrupted' })
  })
})
