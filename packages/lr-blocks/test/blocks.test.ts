import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

const vectors = readFileSync(new URL('../../block-format/fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { case: string; stream: string; canonical?: boolean; error?: { line: number } })

const TWO =
  '<<<< src/a.py <<<<\n1\n>>>>>>>>\ntext\n<<<<<<<<\npytest\n>>>>>>>>\n<<<< stdout <<<<\nx\n>>>>>>>>\n\\ No newline at end of file\n'

test('json and from-json give every canonical vector back byte for byte', async () => {
  for (const { stream } of vectors.filter(({ canonical }) => canonical)) {
    const json = await run('lr-blocks', ['json'], { stdin: stream })
    expect(json).toMatchObject({ status: 0, stderr: '' })
    expect(await run('lr-blocks', ['from-json'], { stdin: json.stdout })).toEqual({
      status: 0,
      stdout: stream,
      stderr: '',
    })
  }
})

test('verify names the line of every broken vector', async () => {
  for (const { stream, error } of vectors.filter((vector) => vector.error)) {
    const { status, stderr } = await run('lr-blocks', ['verify'], { stdin: stream })
    expect(status).toBe(2)
    expect(stderr).toMatch(new RegExp(`^lr-blocks: standard input: line ${error?.line}: block .* is never closed\n$`))
  }
})

describe('wrap and get are inverse', () => {
  test.each(['', 'x', 'x\n', '\n', '>>>>>>>>\n', '<<<< a <<<<\nx\n>>>>>>>>\n', 'a\r\nb', '\ufeffx\n', 'é日\n'])(
    'for %j',
    async (content) => {
      const wrapped = await run('lr-blocks', ['wrap', 'a b.txt'], { stdin: content })
      expect(await run('lr-blocks', ['get', 'a b.txt'], { stdin: wrapped.stdout })).toEqual({
        status: 0,
        stdout: content,
        stderr: '',
      })
    },
  )
})

test.each([
  { args: ['list'], stdout: 'src/a.py\n\nstdout\n' },
  { args: ['list', '-0'], stdout: 'src/a.py\0\0stdout\0' },
  { args: ['get', 'stdout'], stdout: 'x' },
  { args: ['get', './src/a.py'], stdout: '1\n' },
  { args: ['get', '--command'], stdout: 'pytest\n' },
  { args: ['get', 'stdout', 'src/a.py'], stdout: '1\nx' },
  { args: ['keep', '*'], stdout: TWO },
  { args: ['keep', '*.py'], stdout: '<<<< src/a.py <<<<\n1\n>>>>>>>>\ntext\n' },
  { args: ['keep', 'src/**'], stdout: '<<<< src/a.py <<<<\n1\n>>>>>>>>\ntext\n' },
  { args: ['drop', 'stdout', '*.py'], stdout: 'text\n<<<<<<<<\npytest\n>>>>>>>>\n' },
  { args: ['verify'], stdout: '' },
])('$args prints what was asked for', async ({ args, stdout }) => {
  expect(await run('lr-blocks', args, { stdin: TWO })).toEqual({ status: 0, stdout, stderr: '' })
})

test.each([
  { args: ['get', 'absent', 'stdout'], stdin: TWO, status: 1, stdout: 'x', message: 'no such block: absent' },
  { args: ['get', './stdout'], stdin: TWO, status: 1, stdout: '', message: 'no such block: ./stdout' },
  { args: ['get'], stdin: '', status: 2, stdout: '', message: 'which block?' },
  {
    args: ['list'],
    stdin: Buffer.from('ab\xff', 'latin1'),
    status: 2,
    stdout: '',
    message: 'standard input: byte 2 is not UTF-8',
  },
  { args: ['keep', 'x'], stdin: 'ab\0', status: 2, stdout: '', message: 'standard input: byte 2 is NUL' },
  { args: ['json'], stdin: '<<<< a <<<<\n', status: 2, stdout: '', message: 'line 1: block "a" is never closed' },
  {
    args: ['from-json'],
    stdin: '{"text":"x\\n"}\n{"name":"a"}\n',
    status: 2,
    stdout: '',
    message: 'standard input: line 2: expected {"text"}',
  },
  { args: ['from-json'], stdin: '\n\n[1', status: 2, stdout: '', message: 'standard input: line 3: no JSON' },
  {
    args: ['from-json'],
    stdin: '{"text":"<<<<<<<<\\n"}',
    status: 2,
    stdout: '',
    message: 'line 1: the text contains a line that opens a block',
  },
  { args: ['from-json'], stdin: '{"text":"\\ud800"}', status: 2, stdout: '', message: 'line 1: ' },
  { args: ['pack', 'absent'], stdin: '', status: 2, stdout: '', message: 'absent: no such file or directory' },
  { args: ['pack', '../x'], stdin: '', status: 2, stdout: '', message: '../x: outside the working directory' },
  { args: ['pack'], stdin: '', status: 2, stdout: '', message: 'which files?' },
  { args: ['lsit'], stdin: '', status: 2, stdout: '', message: 'unknown command "lsit": did you mean list?' },
  { args: [], stdin: '', status: 2, stdout: '', message: 'which command?' },
])('$args with bad input: status $status and one line', async ({ args, stdin, status, stdout, message }) => {
  using folder = tempFolder()
  const ran = await run('lr-blocks', args, { stdin, cwd: folder.path })
  expect(ran).toMatchObject({ status, stdout })
  expect(ran.stderr.startsWith('lr-blocks: ')).toBe(true)
  expect(ran.stderr).toContain(message)
  expect(ran.stderr.indexOf('\n')).toBe(ran.stderr.length - 1)
})

const TREE = {
  '.gitignore': 'ignored\n*.log\n!keep.log\n',
  'b.txt': 'b\n',
  'a/x.py': 'x',
  'a/ignored': '',
  'a/keep.log': '1\n',
  'a/.gitignore': 'local\n/b.txt\n',
  'a/local': '',
  'a/b.txt': '',
  configure: 'c\n',
  'bad.bin': Buffer.from([65, 0, 66]),
  'latin.txt': Buffer.from([65, 0xe9]),
}
const PACKED =
  '<<<< .gitignore <<<<\nignored\n*.log\n!keep.log\n>>>>>>>>\n' +
  '<<<< a/.gitignore <<<<\nlocal\n/b.txt\n>>>>>>>>\n<<<< a/keep.log <<<<\n1\n>>>>>>>>\n' +
  '<<<< a/x.py <<<<\nx\n>>>>>>>>\n\\ No newline at end of file\n<<<< b.txt <<<<\nb\n>>>>>>>>\n' +
  '"bad.bin" is left out: it is binary\n<<<< ./configure <<<<\nc\n>>>>>>>>\n"latin.txt" is left out: it is not UTF-8 at byte 1\n'

describe('pack', () => {
  test('a folder that is no repository is read by its .gitignore files', async () => {
    using folder = tempFolder(TREE)
    expect(await run('lr-blocks', ['pack', '.'], { cwd: folder.path })).toMatchObject({ status: 0, stdout: PACKED })
  })

  test.skipIf(!hasProgram('git'))('a folder in a repository is what git lists (git)', async () => {
    using folder = tempFolder({ ...TREE, 'a/tracked/ignored': 'kept\n' })
    const setUp = 'git init -q && git add -f a/tracked/ignored && rm -r a/tracked'
    await bash(setUp, { cwd: folder.path })
    expect(await run('lr-blocks', ['pack', '.'], { cwd: folder.path })).toMatchObject({ status: 0, stdout: PACKED })
    expect(await run('lr-blocks', ['-C', 'a', 'pack', '.'], { cwd: folder.path })).toMatchObject({
      status: 0,
      stdout:
        '<<<< .gitignore <<<<\nlocal\n/b.txt\n>>>>>>>>\n<<<< keep.log <<<<\n1\n>>>>>>>>\n<<<< x.py <<<<\nx\n>>>>>>>>\n\\ No newline at end of file\n',
    })
  })

  test('a file that is named is packed whatever the rules say, once; names may come by standard input', async () => {
    using folder = tempFolder(TREE)
    const stdout = '<<<< a/ignored <<<<\n>>>>>>>>\n<<<< b.txt <<<<\nb\n>>>>>>>>\n'
    const args = ['pack', './a/ignored', 'a/../b.txt', 'b.txt']
    expect(await run('lr-blocks', args, { cwd: folder.path })).toEqual({ status: 0, stdout, stderr: '' })
    const listed = await run('lr-blocks', ['pack', '-0'], { cwd: folder.path, stdin: 'a/ignored\0b.txt\0' })
    expect(listed).toEqual({ status: 0, stdout, stderr: '' })
    const lines = await run('lr-blocks', ['pack', '--files-from', '-'], {
      cwd: folder.path,
      stdin: 'a/ignored\nb.txt\n',
    })
    expect(lines).toEqual({ status: 0, stdout, stderr: '' })
  })

  test('of a folder, links and special files are left out, and names that are not text are reported', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n', 'odd/\uFFFD.txt': 'b\n' })
    await bash("ln -s a.txt link; ln -s . loop; mkfifo pipe; touch $'odd/bad\\xff.txt'", { cwd: folder.path })
    expect(await run('lr-blocks', ['pack', '.'], { cwd: folder.path })).toEqual({
      status: 0,
      stdout: '<<<< a.txt <<<<\na\n>>>>>>>>\n<<<< odd/\uFFFD.txt <<<<\nb\n>>>>>>>>\n',
      stderr: 'lr-blocks: "odd/bad\uFFFD.txt" is left out: its name is not UTF-8\n',
    })
  })

  test('a FIFO is refused and does not hang', async () => {
    using folder = tempFolder()
    await bash('mkfifo pipe', { cwd: folder.path })
    expect(await run('lr-blocks', ['pack', 'pipe'], { cwd: folder.path })).toMatchObject({
      status: 2,
      stderr: 'lr-blocks: pipe: not a regular file\n',
    })
  })
})
