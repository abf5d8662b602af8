import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('12-tests-first', import.meta.url))
const script = (name: string) => readFileSync(join(here, 'python', name), 'utf8')

/** Runs the script in a folder of its own. Its models write the function `source`. */
async function makeFunction(options: string, { path }: { readonly path: string }, source: string) {
  const reply = `<<<< add.py <<<<\n${source}\n>>>>>>>>\n`
  const env = { TMPDIR: path, XDG_STATE_HOME: join(path, 'state'), LR_MODEL: 'exec:touch asked; printf %s "$REPLY"' }
  return bash(`'${here}/make-function.sh' ${options}`, { cwd: path, env: { ...env, REPLY: reply } })
}

async function python(command: string, files: Readonly<Record<string, string>>) {
  using folder = tempFolder(files)
  return await bash(command, { cwd: folder.path })
}

describe.skipIf(!hasProgram('python3'))('make-function.sh', () => {
  test('tells of tests that cannot be loaded before a model is asked', async () => {
    using folder = tempFolder()
    const ran = await makeFunction("--doctests '>>> add(' add 'add two numbers'", folder, '')
    expect({ status: ran.status, stdout: ran.stdout }, ran.stderr).toEqual({ status: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^test_add\.txt: it cannot be loaded: line 3: .*\n$/)
    expect((await bash('ls', { cwd: folder.path })).stdout).not.toContain('asked')
  })

  test('leaves a file of the same name alone', async () => {
    using folder = tempFolder({ 'add.py': 'mine = 1\n' })
    const ran = await makeFunction("--no-test add 'add numbers'", folder, 'def add(a, b):\n    return a + b')
    const stderr = 'add.py: exists already (remove it, or name another --folder)\n'
    expect(ran).toEqual({ status: 2, stdout: '', stderr })
    expect((await bash('cat add.py; ls', { cwd: folder.path })).stdout).toBe('mine = 1\nadd.py\n')
  })

  test.each([
    { signature: 'add(a: int, b: int=1) -> int', status: 0, says: '' },
    {
      signature: 'add(a: int) -> int',
      status: 1,
      says: 'add.py: the signature is add(a: int, b: int=1) -> int, not add(a: int) -> int',
    },
    { signature: 'add(a: List[int])', status: 1, says: 'not add(a: List[int])' },
    { signature: 'add(a', status: 2, says: "add(a: not a signature, such as 'add(a: int, b: int) -> int'" },
    { signature: 'sub(a)', status: 2, says: '--signature sub(a): not of add' },
  ])('--signature "$signature": $status', async ({ signature, status, says }) => {
    using folder = tempFolder()
    const options = `--iterations 1 --signature '${signature}' --doctests $'>>> add(1)\n2' add 'add numbers'`
    const ran = await makeFunction(options, folder, 'def add(a: int, b: int = 1) -> int:\n    return a + b')
    expect(ran, ran.stderr).toMatchObject({ status, stderr: expect.stringContaining(says) as string })
    expect((await bash('ls', { cwd: folder.path })).stdout.includes('asked')).toBe(status < 2)
  })

  test('a test file that is not there is invalid usage', async () => {
    using folder = tempFolder()
    const ran = await makeFunction("--test-file absent.py add 'add numbers'", folder, '')
    expect(ran).toEqual({ status: 2, stdout: '', stderr: '--test-file absent.py: no such file\n' })
  })

  test('a profile holds where the command line says nothing else', async () => {
    using folder = tempFolder()
    const options = "--profile save --form function --no-test add 'add numbers'"
    const ran = await makeFunction(options, folder, 'def add(a, b):\n    return a + b')
    expect(ran).toEqual({ status: 0, stdout: 'def add(a, b):\n    return a + b\n', stderr: 'add.py: not tested\n' })
    expect((await bash('ls outputs/generated_code', { cwd: folder.path })).stdout).toContain('add.py\n')
  })

  test.each([
    '',
    'add',
    '--unknown add x',
    '--form book add x',
    '--tests pytest add x',
    "--no-test --doctests '>>> 1' add x",
    "--test-file own.py --doctests '>>> 1' add x",
    'a-b x',
    "'add(); import os' x",
    '../add x',
    "add ' '",
    '--candidates 0 add x',
    '--iterations two add x',
  ])('refuses "%s" with its usage', async (options) => {
    using folder = tempFolder()
    const { status, stderr } = await makeFunction(options, folder, '')
    expect({ status, stderr }).toMatchObject({ status: 2 })
    expect(stderr).toMatch(/^make-function\.sh \[OPTION…\] NAME TASK/)
  })

  test.each([
    { what: 'unfinished', form: 'doctest', tests: '\n\n>>> add(\n', told: 'line 3: ' },
    { what: 'without a blank after >>>', form: 'doctest', tests: '>>>add(1, 2)\n', told: 'lacks blank after >>>' },
    { what: 'without a value', form: 'doctest', tests: '>>> import os\n', told: 'it has no examples with a value' },
    { what: 'no Python', form: 'unittest', tests: 'def (\n', told: 'SyntaxError: invalid syntax' },
    { what: 'of no module', form: 'unittest', tests: 'import no_such_one\n', told: "No module named 'no_such_one'" },
    { what: 'of no function', form: 'unittest', tests: 'from add import sub\n', told: "cannot import name 'sub'" },
    { what: 'that end Python', form: 'unittest', tests: 'raise SystemExit(0)\n', told: 'SystemExit: 0' },
    { what: 'none', form: 'unittest', tests: 'import unittest\n', told: 'it has no tests' },
  ])('load_tests.py: tests that are $what', async ({ form, tests, told }) => {
    const files = { 'own.py': tests, 'add.py': 'def add(): pass\n', 'load_tests.py': script('load_tests.py') }
    const { status, stdout } = await python(`python3 load_tests.py ${form} own.py`, files)
    expect({ status, lines: stdout.trim().split('\n').length }, stdout).toEqual({ status: 1, lines: 1 })
    expect(stdout).toContain(told)
  })

  test.each([
    'def add(a, b): ...',
    'def add(a, b):\n    """Adds."""\n    raise NotImplementedError("later")',
    'def add(a, b):\n    pass',
    'def other(a, b): return a + b',
    'add = 1',
    'def add(',
  ])('is_written.py: "%s" is no function', async (source) => {
    const { status, stderr } = await python('python3 is_written.py add.py add', {
      'add.py': source,
      'is_written.py': script('is_written.py'),
    })
    expect(status, stderr).toBe(1)
    expect(stderr).toMatch(/^add\.py:.*\n$/)
  })

  const KINDS = `import functools


@functools.cache
def add(a: int, b=2, /, *more, scale: float = 1.0, negate: bool = False, help="x"):
    """Add numbers.

    a (int): the first
    >>> add(1)
    3
    """
    return -(a + b + sum(more)) if negate else (a + b + sum(more)) * scale
`

  test.each([
    { form: 'function', command: 'head -n 2 out', prints: '@functools.cache\ndef add' },
    { form: 'module', command: 'head -n 1 out', prints: 'import functools\n' },
    { form: 'standalone', command: 'python3 out 3', prints: '5.0\n' },
    { form: 'standalone', command: 'python3 out 3 --b=-1 --scale 2', prints: '4.0\n' },
    { form: 'standalone', command: 'python3 out 3 --negate', prints: '-5\n' },
    { form: 'standalone', command: 'python3 out --help', prints: 'Add numbers.\n\na (int): the first' },
    {
      form: 'function',
      clean: true,
      command: 'cat out',
      prints: 'numbers.\n\n    Args:\n        a (int): the first\n',
    },
    { form: 'module', clean: true, command: 'python3 out', source: 'def add(a, b): return a + b\n', prints: '' },
    { form: 'module', clean: true, command: 'cat out', source: 'def add(a): return a\n', prints: '    """add\n' },
    {
      form: 'module',
      clean: true,
      command: 'cat out && python3 out',
      source: `def add(a):\n    '''A \\\\ and """.'''\n    return a\n`,
      prints: 'A \\\\ and \\"\\"\\".',
    },
    {
      form: 'module',
      clean: true,
      command: 'cat out && python3 out',
      source: 'def add(ä, b): "Grüße."; return ä + b\n',
      prints: '"""Grüße.\n',
    },
    {
      form: 'standalone',
      command: 'python3 out x --times 2',
      source: 'async def add(text: str, *, times: int):\n    return text * times\n',
      prints: 'xx\n',
    },
  ])('present.py $form, $command', async ({ form, clean, command, source = KINDS, prints }) => {
    const files = { 'add.py': source, 'present.py': script('present.py') }
    const words = `python3 present.py ${form} add ${clean ? '--clean-doc' : ''} < add.py > out && ${command}`
    const ran = await python(words, files)
    expect(ran.status, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(prints)
  })
})
