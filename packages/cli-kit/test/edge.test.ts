import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bareEnvironment, bash, BIN, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

test('a program that waits for nothing, with its work undone, does not end with 0', async () => {
  const program = fileURLToPath(new URL('../fixtures/never-done.ts', import.meta.url))
  const args = ['--import', import.meta.resolve('tsx'), '--conditions=source', program]
  expect(await run(process.execPath, args)).toEqual({
    status: 70,
    stdout: '',
    stderr: 'never-done: bug: ended before the work was done\n',
  })
})

describe('the streams of a program', () => {
  test('2 MB pass through a slow reader whole', async () => {
    const { stdout } = await bash(
      `head -c 2000000 /dev/zero | tr '\\0' x | lr-blocks wrap a | (sleep 0.2; lr-blocks get a) | wc -c`,
    )
    expect(stdout.trim()).toBe('2000000')
  })

  test('a reader that is gone ends it without a word', async () => {
    const { stdout, stderr } = await bash(
      `head -c 2000000 /dev/zero | tr '\\0' '\\n' | lr-blocks wrap a | head -1; echo \${PIPESTATUS[2]}`,
    )
    expect(stdout).toBe('<<<< a <<<<\n141\n')
    expect(stderr).toBe('')
  })

  test('a full disk is an error', async () => {
    const { status, stderr } = await bash('echo x | lr-blocks wrap a > /dev/full')
    expect({ status, stderr }).toEqual({ status: 3, stderr: 'lr-blocks: standard output: no space left on device\n' })
  })

  test.each(['<&-', '< /dev/null'])('no standard input (%s) is an empty one', async (redirection) => {
    expect(await bash(`lr-blocks wrap a ${redirection}`)).toEqual({
      status: 0,
      stdout: '<<<< a <<<<\n>>>>>>>>\n',
      stderr: '',
    })
  })

  test.skipIf(!hasProgram('script'))('who waits for a terminal says so before it waits (script)', async () => {
    using folder = tempFolder()
    const script = `mkfifo in; script -qec 'lr-blocks list' /dev/null < in > out & exec 3> in
      until grep -q 'reading standard input from the terminal (end it with Ctrl-D)' out; do sleep 0.02; done
      exec 3>&-; wait $!; echo $?`
    expect(await bash(script, { cwd: folder.path })).toMatchObject({ stdout: '0\n' })
  })

  test('a standard input that never ends is refused', async () => {
    const { stdout, stderr } = await bash('yes | lr-prompt; echo ${PIPESTATUS[1]}')
    expect(stdout).toBe('2\n')
    expect(stderr).toBe('lr-prompt: standard input: larger than 512 MB (split it)\n')
  })

  test('a folder as standard input is an error', async () => {
    expect(await bash('lr-blocks wrap a < /')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'lr-blocks: standard input: is a directory\n',
    })
  })

  test.each([
    { signal: 'SIGINT', status: 130 },
    { signal: 'SIGTERM', status: 143 },
    { signal: 'SIGHUP', status: 129 },
  ] as const)('$signal while it waits for input ends it: a shell sees $status', async ({ signal, status }) => {
    for (let round = 0; round < 20; round++) {
      const child = spawn(join(BIN, 'lr-blocks'), ['wrap', 'a'], { env: bareEnvironment() })
      // The program is known to run once it has taken more than a pipe holds.
      await new Promise((resolve) => child.stdin.write(Buffer.alloc(1 << 20, 0x78), resolve))
      child.kill(signal)
      const ended = await new Promise((resolve) => child.on('exit', (code, by) => resolve(code ?? by)))
      expect(ended).toBe(signal)
    }
    expect(128 + constants.signals[signal]).toBe(status)
  })
})

test('a working directory that is gone is said so', async () => {
  using folder = tempFolder()
  const { status, stderr } = await bash('mkdir x && cd x && rmdir ../x && lr-blocks list', { cwd: folder.path })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'lr-blocks: working directory: no such file or directory (change to an existing one)\n',
  })
})

describe('a command line', () => {
  test.each([
    { args: ['--nope'], message: 'unknown option --nope' },
    { args: ['--iteratoins=3', 'x'], message: 'unknown option --iteratoins: did you mean --iterations?' },
    { args: ['--iter=3', 'x'], message: 'unknown option --iter: did you mean --iterations?' },
    { args: ['--hepl'], message: 'unknown option --hepl: did you mean --help?' },
    { args: ['-Z'], message: 'unknown option -Z' },
    { args: ['--nope', 'x'], message: 'unknown option --nope (see --help)\n' },
    {
      args: ['x', 'npm', '--nope'],
      message: 'unknown option --nope (see --help; a command and its options go after --)',
    },
    { args: ['x', '-Z'], message: 'unknown option -Z (see --help; a command and its options go after --)' },
    { args: ['x', '-Z', '--', 'y'], message: 'unknown option -Z (see --help)\n' },
    { args: ['--constructor=1', 'x'], message: 'unknown option --constructor' },
    { args: ['-i'], message: 'option -i needs a value (-i N)' },
    { args: ['--model', '--json', 'x'], message: 'option --model needs a value (--model=PROVIDER/MODEL)' },
    { args: ['--json=1', 'x'], message: 'option --json takes no value' },
    { args: ['-i', '0', 'x'], message: 'option --iterations: 0 is out of range (1 to any)' },
    { args: ['-i', '1.5', 'x'], message: 'option --iterations: "1.5" is not a whole number' },
    { args: ['-i', '1.0005k', 'x'], message: 'option --iterations: "1.0005k" is not a whole number' },
    { args: ['-i', 'k', 'x'], message: 'option --iterations: "k" is not a whole number' },
    {
      args: ['--timeout=soon', 'x'],
      message: 'option --max-time: "soon" is not a duration (for example 30, 500ms, 2m, 1h, 1d)',
    },
    { args: ['--dirty=yes', 'x'], message: 'option --dirty: invalid value "yes" (choose from refuse, commit, carry)' },
    { args: [], message: 'which files may change?' },
    { args: ['-C', 'absent', 'x'], message: 'absent: no such file or directory' },
    { args: ['--config=absent.yaml', 'x'], message: 'absent.yaml: no such configuration file' },
  ])('$args is refused in one line: $message', async ({ args, message }) => {
    using folder = tempFolder()
    const { status, stdout, stderr } = await run('lr-loop', args, { cwd: folder.path })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.startsWith('lr-loop: ')).toBe(true)
    expect(stderr).toContain(message)
    expect(stderr.indexOf('\n')).toBe(stderr.length - 1)
  })

  test.each([
    ['lr-prompt', ['.'], 'it reads a stream: lr-blocks pack FILE… | lr-prompt'],
    ['lr-blocks', ['list', '.'], 'it reads standard input: lr-blocks list < FILE'],
    ['lr-git', ['commit', '.'], 'usage: lr-git commit [options]'],
  ])('an operand that %s does not take is refused, with what to do instead', async (program, args, instead) => {
    const { stderr } = await run(program, args)
    expect(stderr).toBe(`${program}: unexpected operand "." (${instead})\n`)
  })
})

describe('help as a word', () => {
  test.each([
    ['lr-git', 'commit'],
    ['lr-llm', 'keys'],
    ['lr-loop', 'init'],
    ['lr-eval', 'table'],
  ])('%s help %s prints the help of the command', async (program, command) => {
    const shown = await run(program, ['help', command])
    expect(shown).toEqual(await run(program, [command, '--help']))
    expect(shown).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Usage: ${program} ${command} `) as string,
    })
  })

  test('is an ordinary word with other words', async () => {
    expect(await run('lr-llm', ['-m', 'exec:cat', 'help'])).toMatchObject({ status: 0, stdout: 'help\n' })
    expect(await run('lr-llm', ['-m', 'exec:cat', '--', 'help', 'me'])).toMatchObject({ stdout: 'help me\n' })
    expect(await run('lr-git', ['help', 'comit'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'lr-git: unknown command "comit": did you mean commit?\n',
    })
  })

  test('is an operand if a file of this name is there', async () => {
    using folder = tempFolder({ help: 'one two\n' })
    const ran = await run('lr-check', ['help', '--', 'true'], { cwd: folder.path })
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('one two') as string })
    expect((await run('lr-score', ['help'], { cwd: folder.path })).status).toBe(2)
  })
})
