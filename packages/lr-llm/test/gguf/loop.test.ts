import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { makeGguf } from '../support/make-gguf.ts'

/** The folder that has node-llama-cpp: .ci/run installs it outside the checkout. */
const library = process.env['LR_TEST_LLAMA'] ?? ''
/** The model's whole reply. It cannot name a file, so that every version is refused. */
const WORDS = [' the', ' quick', ' brown', ' fox', '.']

/** A tree with a.txt, and a model file. `marker` is an argument of the check, by which processes of this test are found. */
function stage() {
  const folder = tempFolder({ 'tree/a.txt': 'zero\n', 'fox.gguf': makeGguf({ words: WORDS, context: 4096 }) })
  const model = `gguf:${join(folder.path, 'fox.gguf')}`
  const cwd = join(folder.path, 'tree')
  const env = { NODE_PATH: library, XDG_STATE_HOME: join(folder.path, 'state') }
  const loop = (...args: string[]) => run('lr-loop', ['--run-dir=../run', '-m', model, ...args], { cwd, env })
  return { path: folder.path, cwd, env, model, loop, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** Processes that have an argument or a variable with this text. */
function processesOf(text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      return ['cmdline', 'environ'].some((file) => readFileSync(join('/proc', pid, file), 'utf8').includes(text))
    } catch {
      return false
    }
  })
}

/** Polls until nothing of the test runs; the test's own time limit ends it. */
async function untilGone(path: string): Promise<void> {
  while (processesOf(path).length > 0) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** A command that writes which processes have this model mapped: by its path, as other tests run models at the same time. */
const listHolders = (model: string) => `grep -l '${model.replace('gguf:', '')}' /proc/[0-9]*/maps 2> /dev/null`

describe.skipIf(library === '' || process.platform !== 'linux')('a loop with a model file (LR_TEST_LLAMA)', () => {
  test.each([
    { title: 'that cannot fix anything', args: ['-i', '3', 'a.txt', '--', 'false'], status: 1 },
    {
      title: 'that passes',
      args: [
        '--apply',
        'echo one > a.txt; lr-blocks wrap changed < /dev/null',
        'a.txt',
        '--',
        'grep',
        '-q',
        'one',
        'a.txt',
      ],
      status: 0,
    },
    { title: 'that fails', args: ['--apply', 'exit 3', 'a.txt', '--', 'false'], status: 3 },
    { title: 'ended by Ctrl-C', args: ['--apply', 'kill -INT $PPID; sleep 9', 'a.txt', '--', 'false'], status: 130 },
    { title: 'ended by SIGTERM', args: ['--apply', 'kill -TERM $PPID; sleep 9', 'a.txt', '--', 'false'], status: 143 },
    { title: 'that is killed', args: ['--apply', 'kill -KILL $PPID; sleep 9', 'a.txt', '--', 'false'], status: 137 },
  ])('$title ends with $status, and no process is left', async ({ args, status }) => {
    using staged = stage()
    const ran = await staged.loop('--no-git', ...args)
    expect(ran.status, ran.stderr).toBe(status)
    expect(ran.stderr).not.toContain('for this request only')
    await untilGone(staged.path)
  })

  test('a check that passes at once loads nothing', async () => {
    using staged = stage()
    const ran = await staged.loop('--no-git', 'a.txt', '--', 'true')
    expect(ran.status, ran.stderr).toBe(0)
  })

  test('a source that is longer than the window is shown in part, so that the model can answer', async () => {
    using staged = stage()
    const source = Array.from({ length: 400 }, (_, at) => `def area_${at}(width):\n    return width * ${at}\n`).join(
      '\n',
    )
    writeFileSync(join(staged.cwd, 'a.py'), source)
    const ran = await staged.loop('--no-git', '-i', '1', 'a.py', '--', 'sh', '-c', 'echo area_7 fails; exit 1')
    expect(ran.status, ran.stderr).toBe(1)
    expect(ran.stderr).toMatch(/^lr-loop: sources: .*; window of gguf:fox: 4,096 tokens \(from its file\)\n/)
    expect(ran.stderr).toMatch(/no new versions|refused/)
    expect(readFileSync(join(staged.path, 'run/1/prompt.out'), 'utf8')).toContain('return width * 7\n')
  })

  test('a killed run is resumed with a service of its own', async () => {
    using staged = stage()
    const apply = 'mkdir ../killed 2> /dev/null && { kill -KILL $PPID; sleep 9; }; lr-apply a.txt'
    expect((await staged.loop('--no-git', '-i', '2', '--apply', apply, 'a.txt', '--', 'false')).status).toBe(137)
    const { status, stderr } = await run('lr-loop', ['--resume', '../run'], { cwd: staged.cwd, env: staged.env })
    expect(status, stderr).toBe(1)
    await untilGone(staged.path)
  })

  test.skipIf(!hasProgram('git'))('attempts share one process that holds the model (git)', async () => {
    using staged = stage()
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: staged.cwd })
    const seen = join(staged.path, 'seen')
    const apply = `(${listHolders(staged.model)}) >> '${seen}'; lr-apply a.txt`
    const ran = await staged.loop('--attempts=2', '-j2', '-i2', '--apply', apply, 'a.txt', '--', 'false')
    expect(ran.status, ran.stderr).toBe(1)
    const holders = readFileSync(seen, 'utf8').trimEnd().split('\n')
    expect(holders.length).toBeGreaterThan(1)
    expect(new Set(holders).size).toBe(1)
    await untilGone(staged.path)
  })

  test.each<{ title: string; env?: (model: string) => Record<string, string>; yaml?: (model: string) => string }>([
    { title: 'the variable of lr-llm', env: (model) => ({ LR_LLM_MODEL: model }) },
    { title: 'the variable of lr-loop', env: (model) => ({ LR_LOOP_MODEL: model }) },
    { title: 'llm: in lr.yaml', yaml: (model) => `llm: { model: '${model}' }\n` },
    { title: 'model: in lr.yaml', yaml: (model) => `model: '${model}'\n` },
    { title: 'a path', yaml: () => "llm: { model: '../fox.gguf' }\n" },
    { title: 'a name in LR_MODELS_DIR', env: () => ({ LR_LLM_MODEL: 'gguf:fox', LR_MODELS_DIR: '..' }) },
    {
      title: 'a fallback',
      // Nothing listens at this port.
      yaml: (model) =>
        `llm: { model: gone/x, fallback: '${model},../fox.gguf' }\nproviders: { gone: { url: 'http://127.0.0.1:9' } }\n`,
    },
  ])('named by $title is held by one service for the run', async ({ env = () => ({}), yaml }) => {
    using staged = stage()
    const { cwd, model, path } = staged
    if (yaml) writeFileSync(join(cwd, 'lr.yaml'), yaml(model))
    const seen = join(path, 'seen')
    const args = [
      '--no-git',
      '-i',
      '2',
      '--apply',
      `(${listHolders(model)}) >> '${seen}'; lr-apply a.txt`,
      'a.txt',
      '--',
      'false',
    ]
    const variables = { ...staged.env, ...env(model) }
    await run('lr-loop', ['trust'], { cwd, env: variables })
    const ran = await run('lr-loop', args, { cwd, env: variables })
    expect(ran.status, ran.stderr).toBe(1)
    expect(ran.stderr).not.toContain('for this request only')
    const holders = readFileSync(seen, 'utf8').trimEnd().split('\n')
    expect(holders).toHaveLength(2)
    expect(new Set(holders).size).toBe(1)
    await untilGone(path)
  })
})
