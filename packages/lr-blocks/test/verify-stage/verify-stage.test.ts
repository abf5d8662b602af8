import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const EXAMPLE = fileURLToPath(new URL('../../../../examples/03-replaced-stages', import.meta.url))

/** The faults that are found, and how it ended. */
async function verify(args: readonly string[], cwd?: string) {
  const { status, stdout, stderr } = await run('lr-blocks', ['verify-stage', ...args], cwd === undefined ? {} : { cwd })
  return { status, faults: stdout.split('\n').slice(0, -1), stderr }
}

const FINE = { status: 0, faults: [], stderr: expect.stringMatching(/ cases, nothing wrong\n$/) as string }

describe.concurrent('our own stages are fine', () => {
  test.each([
    ['check', 'lr-check src -- grep -rq one src'],
    ['check', 'lr-check src -- false'],
    ['prompt', 'lr-prompt'],
    ['prompt', 'lr-prompt --reply whole'],
    ['prompt', 'lr-prompt --reply edit'],
    ['prompt', "lr-prompt -i 'do stuff' --reply none --excerpts 2"],
    ['llm', "lr-llm -m 'exec:echo hello' --usage"],
    ['llm', 'lr-llm -m exec:cat'],
    ['apply', 'lr-apply'],
    ['apply', 'lr-apply src'],
  ])('%s: %s', async (kind, line) => {
    expect(await verify([kind, '--', line])).toEqual(FINE)
  })

  test.skipIf(!hasProgram('git'))('git: lr-git (git)', async () => {
    expect(await verify(['git', '--', 'lr-git'])).toEqual(FINE)
  })
})

describe.concurrent('the shell stages of examples/03-replaced-stages are fine', () => {
  test.each(['check', 'prompt', 'llm', 'apply'])('%s.sh', async (kind) => {
    expect(await verify([kind, 'notes', 'no-blanks.sh', '--', `stages/${kind}.sh`], EXAMPLE)).toEqual(FINE)
  })

  test.skipIf(!hasProgram('git'))('git.sh (git)', async () => {
    expect(await verify(['git', 'notes', '--', 'stages/git.sh'], EXAMPLE)).toEqual(FINE)
  })
})

const PROMPT = String.raw`
import json, signal, subprocess, sys
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
read = subprocess.run(["lr-blocks", "json"], stdout=subprocess.PIPE)
if read.returncode: sys.exit(read.returncode)
parts = [json.loads(line) for line in read.stdout.split(b"\n") if line]
parts += [{"text": "\n"}, {"name": "instructions", "content": "Fix it.\n"}]
lines = "".join(json.dumps(part) + "\n" for part in parts)
sys.exit(subprocess.run(["lr-blocks", "from-json"], input=lines.encode()).returncode)
`

test.skipIf(!hasProgram('python3'))(
  'a stage in Python is fine, and one that complains about its reader is not (python3)',
  async () => {
    using folder = tempFolder({ 'prompt.py': PROMPT, 'loud.py': 'import sys\nprint("x" * 9)\nsys.stdout.flush()\n' })
    expect(await verify(['prompt', '--', 'python3', 'prompt.py'], folder.path)).toEqual(FINE)
    const { faults } = await verify(['llm', '--', 'python3', 'loud.py'], folder.path)
    expect(faults).toContainEqual(expect.stringMatching(/^its output is not read: it complains about the reader/))
  },
)

describe.concurrent('what a stage gets wrong', () => {
  const AS_THEY_ARE = 'the sources as they are'
  const NO_NEWLINE = 'no newline at the end'
  const DELIMITERS = 'lines that look like delimiters'
  const CR_LF = 'CR LF at the ends of lines'
  const unescaped = '(echo "<<<< src/a.txt <<<<"; cat src/a.txt; echo ">>>>>>>>")'

  test.each([
    ['check', 'true', [`${AS_THEY_ARE}: no run is shown`]],
    ['check', 'lr-check src -- false; exit 0', [`${AS_THEY_ARE}: exit code 0, yet a run fails`]],
    ['check', 'lr-check src -- true; exit 1', [`${AS_THEY_ARE}: exit code 1, yet every run passes`]],
    ['check', 'exit 2', [`${AS_THEY_ARE}: exit code 2 instead of 0 or 1`]],
    ['check', 'echo "<<<< a <<<<"', [`${AS_THEY_ARE}: its output: line 1: block "a" is never closed`]],
    ['check', "printf '\\377'", [`${AS_THEY_ARE}: byte 0 of its output is not UTF-8`]],
    [
      'check',
      "tr -d '\\r' < src/a.txt | lr-blocks wrap src/a.txt",
      [`a source with ${CR_LF}: the block src/a.txt does`],
    ],
    ['check', unescaped, [`a source with ${NO_NEWLINE}: `, `a source with ${DELIMITERS}: `]],
    ['check', 'echo x > ../stray', [`${AS_THEY_ARE}: stray was made outside of the tree`]],
    ['check', 'exec sleep 30', [`${AS_THEY_ARE}: did not end within 0.3 s`]],
    ['prompt', 'cat', ['a stream that ends inside a block: exit code 0 instead of 2']],
    [
      'prompt',
      'lr-blocks drop x-verify-one',
      ['a failing run, and blocks of unknown roles: x-verify-two and x-verify-one did'],
    ],
    [
      'prompt',
      'lr-blocks json | tac | lr-blocks from-json',
      ['a failing run, and blocks of unknown roles: x-verify-two'],
    ],
    [
      'prompt',
      'cat; echo x | lr-blocks wrap instructions',
      ['text that ends without a newline: a block begins in the'],
    ],
    [
      'prompt',
      "cat; echo 'a = 1' | lr-blocks wrap src/sum.py",
      [
        'a failing run, and blocks of unknown roles: the block src/sum.py names a file that is not a source',
        `a source with ${CR_LF}: the block src/sum.py names a file that is not a source`,
      ],
    ],
    [
      'prompt',
      'lr-prompt --reply edit | sed "s/^    //"',
      ['a failing run, and blocks of unknown roles: the block src/sum.py names a file'],
    ],
    ['llm', "sed 's/^ *//'", ['a prompt: the block src/verify-stage-example.txt names an example']],
    ['llm', 'true', ['a prompt: exit code 0 without a reply']],
    ['llm', 'kill -9 $$', ['a prompt: exit code 137 instead of 0 or 1']],
    [
      'apply',
      'cat',
      [`a new version with ${CR_LF}: src/a.txt does not hold`, 'an empty reply: exit code 0 instead of 1'],
    ],
    [
      'apply',
      'lr-blocks get src/a.txt > src/a.txt',
      ['a new version with a megabyte: "changed" does not name src/a.txt', 'an empty reply: src/a.txt was changed'],
    ],
    ['apply', 'lr-blocks get x > ../x; exit 1', ['an empty reply: x was made outside of the tree']],
    ['apply', 'lr-apply | lr-blocks drop usage', ['a reply with what the model used: usage did not come out']],
    ['apply', 'echo src/a.txt | lr-blocks wrap changed', ['an empty reply: "changed" names src/a.txt, which did not']],
    ['apply', 'touch new; exit 1', ['a reply without a new version: new was made']],
  ])('%s: %s', async (kind, line, expected) => {
    const { status, faults } = await verify([kind, '--timeout', line.startsWith('exec') ? '300ms' : '60', '--', line])
    expect(status).toBe(1)
    for (const fault of expected) expect(faults).toContainEqual(expect.stringContaining(fault))
  })

  test.skipIf(!hasProgram('git')).each([
    ['[ $1 = commit ]', 'start: exit code 1 instead of 0'],
    ['cat', 'commit of a report that ends inside a block: exit code 0 instead of 2'],
    ['git checkout -q .', `commit of a file with ${NO_NEWLINE}: src/a.txt was changed`],
    ['rm -f src/b.txt', 'start: src/b.txt was removed'],
  ])('git: %s (git)', async (line, fault) => {
    const { status, faults } = await verify(['git', '--', `f() { ${line}; }; f`])
    expect(status).toBe(1)
    expect(faults).toContainEqual(expect.stringContaining(fault))
  })
})

describe('how a stage is started', () => {
  test('by sh -c, with the environment of a loop, in copies of the sources, and without keys', async () => {
    using folder = tempFolder({ 'notes/a.txt': 'x\n' })
    const wanted = [
      '[ "$LR_SOURCES" = notes ]',
      '[ "$LR_ITERATION" = 1 ]',
      '[ -d "$LR_RUN_DIR" ]',
      '[ -z "$MY_API_KEY" ]',
      `[ "$PWD" != ${folder.path} ]`,
      'touch notes/new.txt',
      'lr-check notes -- true',
    ]
    const args = ['verify-stage', 'check', 'notes', '--', wanted.join(' && ')]
    const env = { MY_API_KEY: 'k' }
    expect(await run('lr-blocks', args, { cwd: folder.path, env })).toMatchObject({ status: 0, stdout: '' })
    expect(readdirSync(join(folder.path, 'notes'))).toEqual(['a.txt'])
  })

  test('a program of this folder is found, and nothing is left behind', async () => {
    using folder = tempFolder({ 'my stage.sh': 'echo hi\n', 'sub/x.sh': 'sh "$1"\n' })
    using temporary = tempFolder()
    const env = { TMPDIR: temporary.path }
    const args = ['verify-stage', 'llm', '--', 'sh', 'sub/x.sh', 'my stage.sh']
    expect(await run('lr-blocks', args, { cwd: folder.path, env })).toMatchObject({ status: 0, stdout: '' })
    expect(readdirSync(temporary.path)).toEqual([])
  })
})

test.each([
  { args: ['chek', '--', 'x'], status: 2, message: '"chek" is not a kind of stage (did you mean check?)' },
  { args: ['--', 'x'], status: 2, message: '"" is not a kind of stage (known are check, prompt, llm, apply, git)' },
  { args: ['check'], status: 2, message: 'which command?' },
  { args: ['check', 'absent', '--', 'x'], status: 2, message: 'absent: no such file or directory' },
  { args: ['check', 'b.bin', '--', 'x'], status: 2, message: 'no source is a text file' },
  { args: ['check', '--', 'no-such-program'], status: 3, message: 'no-such-program: cannot be started' },
])('$args: $status, $message', async ({ args, status, message }) => {
  using folder = tempFolder({ 'b.bin': 'a\0b' })
  const ran = await verify(args, folder.path)
  expect(ran).toMatchObject({ status, faults: [] })
  expect(ran.stderr).toContain(message)
})
