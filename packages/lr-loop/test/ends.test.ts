import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

/** The check scores a number in score.txt; the "model" writes the numbers of its list, one a call. */
const CHECK = ['score.txt', '--', 'sh', '-c', 'echo "score: $(cat score.txt)"; grep -q "^1$" score.txt']
const model = (numbers: string) =>
  `set -- ${numbers}; shift $((LR_ITERATION - 1)); [ $# -gt 0 ] && echo "$1" | lr-blocks wrap score.txt`

const KEPT_PASSING =
  'passed: the check passes on the files as they are now; the loop ended for: no-new-versions (2 replies'
const KEEP = '\nlr-loop: keep: lr-git finish, '
const NOTHING_TO_KEEP =
  '\nlr-loop: nothing to keep: the files are as before the run; back to your branch: lr-git abandon\n'

async function loop(numbers: string, options: readonly string[]) {
  using folder = tempFolder({ 'score.txt': '0.2\n' })
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: folder.path })
  const args = ['--json', '--run-dir', '.git/run', '--llm', `m() { ${model(numbers)}; }; m`, ...options, ...CHECK]
  const { status, stdout, stderr } = await run('lr-loop', args, { cwd: folder.path, env: { GROQ_API_KEY: 'k' } })
  const { reason, iterations, scores } = JSON.parse(stdout || '{}') as Partial<Summary>
  return {
    status,
    reason,
    iterations,
    scores,
    left: readFileSync(join(folder.path, 'score.txt'), 'utf8').trim(),
    stderr,
  }
}

describe.skipIf(!hasProgram('git'))('how a run ends (git)', () => {
  test.each([
    { numbers: '0.5 1', options: [], so: { status: 0, reason: 'passed', iterations: 2, left: '1' } },
    {
      numbers: '0.5 0.7 1',
      options: ['--threshold=0.6'],
      so: { status: 0, reason: 'passed', iterations: 2, left: '0.7' },
    },
    {
      numbers: '0.5 0.6 0.6001 0.6002',
      options: ['--plateau=0.01'],
      so: { status: 1, reason: 'plateau', iterations: 4, left: '0.6002' },
    },
    {
      numbers: '0.5 0.4 0.3',
      options: ['-i', '3'],
      so: { status: 1, reason: 'iterations', left: '0.5', stderr: expect.stringContaining(KEEP) as string },
    },
    {
      numbers: '0.1 0.15',
      options: ['-i', '2'],
      so: { status: 1, reason: 'iterations', left: '0.2', stderr: expect.stringContaining(NOTHING_TO_KEEP) as string },
    },
    {
      numbers: '0.5 0.4 0.3',
      options: ['-i', '3', '--keep=last'],
      so: { status: 1, reason: 'iterations', left: '0.3' },
    },
    {
      numbers: '1 0.4',
      options: ['-i', '2', '--min-iterations=2'],
      so: { status: 0, reason: 'iterations', left: '1' },
    },
    {
      numbers: '1',
      options: ['--min-iterations=3'],
      so: { status: 0, reason: 'no-new-versions', left: '1', stderr: expect.stringContaining(KEPT_PASSING) as string },
    },
    {
      numbers: '0.5 0.6',
      options: ['--stop', `grep -q '"iteration":1' && echo enough`],
      so: { status: 1, reason: 'custom', iterations: 1 },
    },
    {
      numbers: '0.5 0.6',
      options: ['--stop', 'echo "key: ${GROQ_API_KEY-}"'],
      so: { reason: 'custom', stderr: expect.stringContaining('the stop command says: key:\n') as string },
    },
    {
      numbers: '0.5 0.6',
      options: ['--stop', 'lr-stop --max-time 1ms'],
      so: { status: 1, reason: 'custom', iterations: 0, stderr: expect.stringContaining('says: timeout\n') as string },
    },
    {
      numbers: '0.5 0.6',
      options: ['--stop', 'yes'],
      so: { status: 3, stderr: expect.stringContaining('the stop command printed more than 1048576 bytes') as string },
    },
    { numbers: '0.5 0.6', options: ['--stop', 'exit 2'], so: { status: 3, reason: 'error', iterations: 0 } },
    { numbers: '0.5', options: ['--timeout=0'], so: { status: 1, reason: 'timeout', iterations: 0, left: '0.2' } },
  ])('$numbers with $options: $so', async ({ numbers, options, so }) => {
    expect(await loop(numbers, options)).toMatchObject(so)
  })

  test('a check that passes by its own verdict, below the threshold: the model is asked', async () => {
    using folder = tempFolder({ 'score.txt': '0.5\n' })
    const check = ['score.txt', '--', 'sh', '-c', 'echo "score: $(cat score.txt)"']
    const args = [
      '--json',
      '--no-git',
      '--run-dir=run',
      '--threshold=0.9',
      '--llm',
      'echo 0.95 | lr-blocks wrap score.txt',
    ]
    const { stdout } = await run('lr-loop', [...args, ...check], { cwd: folder.path })
    expect(JSON.parse(stdout)).toMatchObject({ reason: 'passed', scores: [0.5, 0.95] })
  })

  test('a check that passes when it is run again is flaky: no reply is asked for', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    await bash('git init -q && git add -A && git commit -qm start', { cwd: folder.path })
    const args = [
      '--recheck=1',
      '--llm',
      'touch called',
      'a.txt',
      '--',
      'sh',
      '-c',
      'mkdir .git/seen 2> /dev/null && exit 1; exit 0',
    ]
    const { status, stderr } = await run('lr-loop', args, { cwd: folder.path })
    expect(status).toBe(3)
    expect(stderr).toContain('the check is flaky')
  })

  test.each([6, 7])('ends with the exit code %d of lr-llm', async (code) => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const args = ['--no-git', '--run-dir=run', '-m', `exec:exit ${code}`, 'a.txt', '--', 'false']
    expect(await run('lr-loop', args, { cwd: folder.path })).toMatchObject({
      status: code,
      stderr: expect.stringContaining(`the llm stage ended with exit code ${code}`) as string,
    })
  })

  test.each([
    { what: 'say nothing', llm: 'echo "I do not know."', end: ['--patience=3'], count: 3 },
    { what: 'are refused', llm: `echo "<tool_call>"`, end: ['-i', '3'], count: 3 },
    { what: 'change nothing', llm: 'echo 0.2 | lr-blocks wrap score.txt', end: ['--patience=2'], count: 2 },
    { what: 'are one', llm: 'echo "I do not know."', end: ['--patience=1'], count: 1 },
  ])('the last lines count replies that $what', async ({ llm, end, count }) => {
    using folder = tempFolder({ 'score.txt': '0.2\n' })
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: folder.path })
    const args = ['--run-dir', '.git/run', '--llm', llm, ...end, ...CHECK]
    const { status, stderr } = await run('lr-loop', args, { cwd: folder.path })
    expect(status).toBe(1)
    expect(stderr).toContain(`fails (${count} ${count === 1 ? 'reply' : 'replies'}, scores`)
  })
})
