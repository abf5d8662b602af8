import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const SCRIPT = '#!/bin/sh\necho "args: $*"\necho oops >&2\nexit 1\n'

/** Names and contents of the blocks, in order. */
function blocksOf(stdout: string): [string, string][] {
  return parseStream(stdout).flatMap((part): [string, string][] => (isBlock(part) ? [[part.name, part.content]] : []))
}

function contentOf(stdout: string, name: string): string | undefined {
  return blocksOf(stdout).find(([block]) => block === name)?.[1]
}

describe('what is printed', () => {
  test('sources, script, and the run, in this order', async () => {
    using folder = tempFolder({ 'a.txt': 'x\n', 'check.sh': SCRIPT })
    chmodSync(join(folder.path, 'check.sh'), 0o755)
    const { status, stdout } = await run('lr-check', ['a.txt', '--', './check.sh', '{}', 'it is'], { cwd: folder.path })
    expect(status).toBe(1)
    expect(blocksOf(stdout)).toEqual([
      ['a.txt', 'x\n'],
      ['check.sh', SCRIPT],
      ['', "./check.sh a.txt 'it is'\n"],
      ['status', '1\n'],
      ['outcome', 'fail\n'],
      ['stdout', 'args: a.txt it is\n'],
      ['stderr', 'oops\n'],
      ['score', '0\n'],
    ])
  })

  test('of a folder, lock files and large ones are checked and named; a file that is named itself is shown', async () => {
    const files = { 'd/a.json': '{}\n', 'd/large.json': `"${'x'.repeat(1 << 20)}"\n`, 'd/package-lock.json': '{}\n' }
    using folder = tempFolder(files)
    const { stdout, stderr } = await run('lr-check', ['-c', 'json', 'd'], { cwd: folder.path })
    const lines =
      '"d/large.json" is left out: it is larger than 1 MiB\n"d/package-lock.json" is left out: it is a lock file\n'
    expect(stderr).toBe(lines.replaceAll(/^/gm, 'lr-check: ').replace(/lr-check: $/, ''))
    expect(stdout.startsWith(`<<<< d/a.json <<<<\n{}\n>>>>>>>>\n${lines}<<<<<<<<\n`)).toBe(true)
    expect(contentOf(stdout, '')).toBe('lr-check -c json d/a.json d/large.json d/package-lock.json\n')
    const named = await run('lr-check', ['-c', 'json', 'd', './d/package-lock.json'], { cwd: folder.path })
    expect(contentOf(named.stdout, 'd/package-lock.json')).toBe('{}\n')
  })

  test('of a folder, the configuration and the record of a loop are no sources, unless they are named', async () => {
    using folder = tempFolder({ 'lr.yaml': '{}\n', 'd/FIXES.md': '# x\n', 'd/lr.yaml': '{}\n' })
    const at = { cwd: folder.path }
    const none = 'lr-check: nothing was checked: there is no source\n'
    expect(await run('lr-check', ['.'], at)).toEqual({ status: 3, stdout: '', stderr: none })
    expect(contentOf((await run('lr-check', ['d', './lr.yaml'], at)).stdout, 'lr.yaml')).toBe('{}\n')
    const prompt = await run('lr-prompt', ['--instruction=Do it.', '--context=.'], at)
    expect(prompt.stdout).not.toContain('lr.yaml')
  })

  test('a script that is a source stands there once', async () => {
    using folder = tempFolder({ 'check.sh': SCRIPT })
    chmodSync(join(folder.path, 'check.sh'), 0o755)
    const { stdout } = await run('lr-check', ['check.sh', '--', './check.sh'], { cwd: folder.path })
    expect(blocksOf(stdout).filter(([name]) => name === 'check.sh')).toHaveLength(1)
  })

  test('a stream on standard input names the sources and is passed on', async () => {
    using folder = tempFolder({ 'a.txt': 'x\n', 'b.txt': 'y\n' })
    const stdin = 'some text\n<<<< a.txt <<<<\nx\n>>>>>>>>\n<<<< other-role <<<<\n>>>>>>>>\nlast'
    const { status, stdout } = await run('lr-check', ['--', 'echo', '{}'], { cwd: folder.path, stdin })
    expect(status).toBe(0)
    expect(stdout.startsWith(`${stdin}\n<<<<<<<<\necho a.txt\n>>>>>>>>\n`)).toBe(true)
    const both = await run('lr-check', ['-', 'b.txt', '--', 'echo', '{}'], { cwd: folder.path, stdin })
    expect(both.stdout.startsWith(`${stdin}\n<<<< b.txt <<<<\ny\n>>>>>>>>\n`)).toBe(true)
    expect(contentOf(both.stdout, '')).toBe('echo a.txt b.txt\n')
  })

  test('--files-from names more sources', async () => {
    using folder = tempFolder({ 'a.txt': '', '-b.txt': '', list: './-b.txt\n' })
    const { stdout } = await run('lr-check', ['a.txt', '--files-from', 'list', '--', 'echo', '{}'], {
      cwd: folder.path,
    })
    expect(contentOf(stdout, '')).toBe('echo a.txt ./-b.txt\n')
    const piped = await run('lr-check', ['--files-from', '-', '--', 'echo', '{}'], {
      cwd: folder.path,
      stdin: 'a.txt\n',
    })
    expect(contentOf(piped.stdout, '')).toBe('echo a.txt\n')
  })

  test('runs follow in the order of definition, whatever ends first', async () => {
    using folder = tempFolder({ 'a.json': '{}', 'a.yaml': 'a: 1', 'a.sh': 'echo\n' })
    const { stdout } = await run('lr-check', ['-c', 'yaml,json', '-c', 'bash-syntax', '.'], { cwd: folder.path })
    const commands = blocksOf(stdout).filter(([name]) => name === '')
    expect(commands.map(([, line]) => line)).toEqual([
      'lr-check -c yaml a.yaml\n',
      'lr-check -c json a.json\n',
      'bash -n a.sh\n',
    ])
  })

  test('output that is not UTF-8 keeps the stream whole; --raw shows escapes and times as they came', async () => {
    using folder = tempFolder()
    const args = ['--', 'printf', '\\377\\000\\033[31mred\\033[0m in 0.5s\\n>>>>>>>>\\n']
    const shaped = await run('lr-check', args, { cwd: folder.path })
    expect(contentOf(shaped.stdout, 'stdout')).toBe('\uFFFD\\x00red in …s\n>>>>>>>>\n')
    const raw = await run('lr-check', ['--raw', ...args], { cwd: folder.path })
    expect(contentOf(raw.stdout, 'stdout')).toBe('\uFFFD\\x00\x1b[31mred\x1b[0m in 0.5s\n>>>>>>>>\n')
  })
})

describe('exit code', () => {
  test.each<[number, readonly string[], string]>([
    [0, ['--', 'true'], ''],
    [1, ['--', 'false'], ''],
    [2, [], 'lr-check: which sources? '],
    [1, ['nope.py'], 'lr-check: nope.py: does not exist yet'],
    [1, ['nope.py', 'a.json', '--', 'no-such-program'], 'lr-check: nope.py: does not exist yet'],
    [2, ['nope/'], 'lr-check: nope/: no such file or directory'],
    [2, ['../nope.py'], 'lr-check: ../nope.py: outside the working directory'],
    [2, ['-c', 'pilint', 'a.json'], 'lr-check: unknown checker "pilint": did you mean pylint? (see --list)'],
    [2, ['a.json', '--'], 'lr-check: no command given '],
    [2, ['--nope'], 'lr-check: unknown option --nope '],
    [2, ['--jobs', '0', 'a.json'], 'lr-check: option --jobs: '],
    [0, ['a.json'], ''],
    [1, ['bad.json'], ''],
    [3, ['a.txt'], 'lr-check: nothing was checked: no checker is known for these sources (give a command behind --)'],
    [3, ['--guard=guard.json', '--renew-guard', 'a.txt'], 'lr-check: nothing was checked: '],
    [3, ['-c', 'json', 'a.txt'], 'lr-check: json: no source of its types '],
    [3, ['--', 'no-such-program'], 'lr-check: no-such-program: not found\n'],
    [
      3,
      ['--', 'npm test'],
      "lr-check: npm test: not found (give its words one by one, or let a shell read it: sh -c '…')\n",
    ],
    [3, ['-c', 'json', 'bad.json', '--', 'no-such-program'], 'lr-check: no-such-program: not found\n'],
    [3, ['--', 'sh', '-c', 'exit 127'], 'lr-check: sh: inconclusive (missing)\n'],
    [
      3,
      ['--', 'sh', '-c', 'echo first >&2; printf "no \\033[1mplugin\\n" >&2; exit 127'],
      'lr-check: sh: inconclusive (missing): no plugin\n',
    ],
  ])('%i for %j', async (status, args, complaint) => {
    using folder = tempFolder({ 'a.json': '{}', 'bad.json': '{', 'a.txt': '' })
    const ran = await run('lr-check', args, { cwd: folder.path })
    expect(ran.status, ran.stderr).toBe(status)
    expect(ran.stderr.startsWith(complaint)).toBe(true)
    if (complaint === '') expect(ran.stderr).toBe('')
  })

  test('a named checker that is missing stops everything before it runs, and says how to get it', async () => {
    using folder = tempFolder({ 'a.json': '{}', 'a.sh': 'echo\n' })
    const script = `mkdir bin && ln -s ${process.execPath} bin/node && PATH=${join(folder.path, 'bin')} && exec node "$LR" -c json,shellcheck . -- touch ran`
    const launcher = (await bash('command -v lr-check')).stdout.trim()
    const { status, stdout } = await bash(script, { cwd: folder.path, env: { LR: launcher } })
    expect(status).toBe(3)
    expect(contentOf(stdout, 'outcome')).toBe('missing\n')
    expect(contentOf(stdout, 'stderr')).toBe(
      'lr-check: shellcheck: not found (install it: apt-get install shellcheck)\n',
    )
    expect(blocksOf(stdout).filter(([name]) => name === '')).toHaveLength(1)
  })
})

describe('how a check runs', () => {
  const MINE = { FORCE_COLOR: '1', LANG: 'de_DE.UTF-8', CI: '1', NODE_OPTIONS: '--no-warnings', TERM: 'xterm' }
  const NOT_MINE = { MY_API_KEY: 'secret', GIT_DIR: '/x', NODE_TEST_CONTEXT: 'child', LR_MODEL: 'x/y' }

  test('in the environment of the user, without secrets and GIT_*, without standard input', async () => {
    using folder = tempFolder()
    const env = { ...MINE, ...NOT_MINE }
    const { stdout } = await run('lr-check', ['--', 'env'], { cwd: folder.path, env })
    const variables = contentOf(stdout, 'stdout') ?? ''
    for (const [name, value] of Object.entries(MINE)) expect(variables).toContain(`${name}=${value}\n`)
    expect(variables).not.toMatch(/^(?:MY_API_KEY|GIT_|NODE_TEST|LR_|NO_COLOR|LC_ALL)/m)
    expect(variables).toContain('npm_config_yes=false\n')
    const passed = await run('lr-check', ['--pass-env', 'MY_API_KEY', '--', 'env'], { cwd: folder.path, env })
    expect(contentOf(passed.stdout, 'stdout')).toContain('MY_API_KEY=secret\n')
    const read = await run('lr-check', ['--', 'cat'], { cwd: folder.path })
    expect(contentOf(read.stdout, 'stdout')).toBe('')
  })

  test.skipIf(!hasProgram('ps'))(
    'a check that does not end is stopped with all that it started (seen by ps)',
    async () => {
      using folder = tempFolder()
      const args = ['--timeout', '300ms', '--', 'sh', '-c', 'sleep 300 & echo $!; wait']
      const { status, stdout } = await run('lr-check', args, { cwd: folder.path })
      expect(status).toBe(1)
      expect(contentOf(stdout, 'status')).toBe('124\n')
      expect(contentOf(stdout, 'outcome')).toBe('timeout\n')
      const pid = (contentOf(stdout, 'stdout') ?? '').trim()
      expect(Number(pid)).toBeGreaterThan(1)
      // The parent that adopts a killed process may not have reaped it yet.
      expect((await run('ps', ['-o', 'stat=', '-p', pid])).stdout).toMatch(/^Z|^$/)
    },
  )

  test.skipIf(!hasProgram('setsid'))('an interrupt stops the check and what it left behind (setsid)', async () => {
    using folder = tempFolder()
    const script = `lr-check -- sh -c 'setsid sleep 555 & echo $$ > pid; sleep 555' & lr=$!
      until [ -s pid ]; do sleep 0.05; done; kill -INT $lr; wait $lr; echo "status $?"
      grep -lzs "^PWD=$PWD$" /proc/[0-9]*/environ | cut -d/ -f3 | xargs -r ps -o comm= -p | grep sleep`
    const { stdout } = await bash(script, { cwd: folder.path })
    expect(stdout).toBe('status 130\n')
  })

  test('a node --test below a node --test is a run of its own', async () => {
    using folder = tempFolder({
      'a.test.js': "require('node:test')('adds', () => {})\n",
      'outer.test.js': `require('node:test')('outer', () => {
        const { spawnSync } = require('node:child_process')
        const { stdout } = spawnSync('lr-check', ['--', 'node', '--test', 'a.test.js'], { encoding: 'utf8' })
        require('node:assert').match(stdout, /# pass 1/)
      })\n`,
    })
    const { status, stdout } = await run('node', ['--test', 'outer.test.js'], { cwd: folder.path })
    expect(status, stdout).toBe(0)
  })

  test('a flood costs little memory, and its end is seen', async () => {
    using folder = tempFolder()
    const flood = 'yes "line of a flood" | head -c 300000000; echo the end'
    const { status, stdout } = await bash(`ulimit -v 4000000; lr-check -- sh -c '${flood}'`, { cwd: folder.path })
    expect(status).toBe(0)
    expect(stdout.length).toBeLessThan(30_000)
    expect(contentOf(stdout, 'stdout')).toMatch(/left out …\]\n[^]*the end\n$/)
  })
})

test.skipIf(!hasProgram('pytest'))('pytest: the same tree gives the same bytes', async () => {
  const failing = 'import tempfile\n\n\ndef test_a(tmp_path):\n    assert str(tempfile.mkdtemp()) == object()\n'
  using folder = tempFolder({ 'test_a.py': failing })
  const once = await run('lr-check', ['-c', 'pytest', '.'], { cwd: folder.path })
  const twice = await run('lr-check', ['-c', 'pytest', '.'], { cwd: folder.path })
  expect(twice.stdout).toBe(once.stdout)
  expect(once.stdout).toContain('E   ')
})

test.skipIf(!hasProgram('git'))(
  '--changed and --staged: only what differs, seen from a folder below (by git)',
  async () => {
    using folder = tempFolder({
      'sub/a.json': '{}',
      'sub/b.json': '{}',
      'sub/c.json': '{}',
      'd.json': '{}',
      '.gitignore': 'x.json',
    })
    const git = (...args: string[]) => run('git', args, { cwd: folder.path })
    await git('init', '-q')
    await git('add', '.')
    await git('commit', '-qm', 'one')
    const change =
      'echo 1 > a.json; rm b.json; echo 2 > new.json; echo 3 > x.json; echo 4 > ../d.json; git add a.json; echo 5 > c.json'
    await bash(change, { cwd: join(folder.path, 'sub') })
    const commandOf = async (...args: string[]) => {
      const { stdout } = await run('lr-check', [...args, '-C', 'sub', '--', 'echo', '{}'], { cwd: folder.path })
      return contentOf(stdout, '')
    }
    expect(await commandOf('--changed')).toBe('echo a.json c.json new.json\n')
    expect(await commandOf('--changed=HEAD', 'a.json')).toBe('echo a.json\n')
    expect(await commandOf('--staged')).toBe('echo a.json\n')
    const wrong = await run('lr-check', ['--changed=nope'], { cwd: folder.path })
    expect([wrong.status, wrong.stderr]).toEqual([2, 'lr-check: nope: no such revision\n'])
    using other = tempFolder()
    expect((await run('lr-check', ['--staged'], { cwd: other.path })).status).toBe(3)
  },
)

test.skipIf(!hasProgram('gofmt'))(
  '--fix repairs first, and what is shown and checked is repaired (by gofmt)',
  async () => {
    using folder = tempFolder({ 'a.go': 'package x\nfunc  F( ) {}\n' })
    const { status, stdout } = await run('lr-check', ['--fix', '-c', 'gofmt', 'a.go'], { cwd: folder.path })
    expect(status).toBe(0)
    expect(blocksOf(stdout)).toEqual([
      ['a.go', 'package x\n\nfunc F() {}\n'],
      ['', 'gofmt -w a.go\n'],
      ['status', '0\n'],
      ['outcome', 'pass\n'],
      ['stdout', ''],
      ['stderr', ''],
      ['', 'gofmt -l a.go\n'],
      ['status', '0\n'],
      ['outcome', 'pass\n'],
      ['stdout', ''],
      ['stderr', ''],
      ['score', '1\n'],
    ])
  },
)

test('--fix says of a checker that is only built in that it repairs nothing', async () => {
  using folder = tempFolder({ 'a.py': 'import os\n' })
  const script = `mkdir bin && ln -s ${process.execPath} bin/node && lr=$(command -v lr-check) && PATH=$PWD/bin && exec node "$lr" --fix -c ruff a.py`
  const { status, stdout, stderr } = await bash(script, { cwd: folder.path })
  expect(status).toBe(1)
  expect(blocksOf(stdout).filter(([name]) => name === '')).toEqual([['', 'lr-check -c ruff a.py\n']])
  expect(stderr).toBe('lr-check: ruff is not installed, and the built-in checker in its place repairs nothing\n')
})

test('more files than a command line holds are checked in several runs', async () => {
  const names = Array.from({ length: 1200 }, (_, n) => `${'long-'.repeat(20)}${n}.json`)
  using folder = tempFolder(Object.fromEntries(names.map((name) => [name, '{}'])))
  const { status, stdout } = await run('lr-check', ['-c', 'json', '.'], { cwd: folder.path })
  expect(status).toBe(0)
  const commands = blocksOf(stdout).filter(([name]) => name === '')
  expect(commands).toHaveLength(2)
  expect(commands.map(([, line]) => line.split(' ').length - 3).reduce((sum, count) => sum + count)).toBe(1200)
})

test('--list names every checker with where it is found', async () => {
  const { status, stdout } = await run('lr-check', ['--list'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^json +syntax +json,jsonc,jsonl +built in$/m)
  expect(stdout).toMatch(/^node-test +test +javascript,jsx +node$/m)
})

test.each([
  ['on PATH', 'bin/shellcheck', 'shellcheck'],
  ['in the project', 'node_modules/.bin/shellcheck', 'node_modules/.bin/shellcheck'],
  ['in a virtual environment of the project', '.venv/bin/shellcheck', '.venv/bin/shellcheck'],
  ['not executable', 'bin/shellcheck.sh', 'not found'],
])('--list finds a program %s', async (_where, path, expected) => {
  using folder = tempFolder({ [path]: '#!/bin/sh\n', file: '' })
  chmodSync(join(folder.path, path), 0o755)
  // Folders that are not there, are no folders, or cannot be listed are skipped.
  for (const more of [[], ['/proc/self/fdinfo/none'], [`${folder.path}/file`], ['x'.repeat(300)]]) {
    using nodeAlone = tempFolder({})
    symlinkSync(process.execPath, join(nodeAlone.path, 'node'))
    const env = { PATH: [`${folder.path}/bin`, nodeAlone.path, ...more].join(':') }
    const { status, stdout } = await run('lr-check', ['--list'], { cwd: folder.path, env })
    expect(status).toBe(0)
    expect(/^shellcheck +lint +\S+ +(not found|\S+)/m.exec(stdout)?.[1]).toBe(expected)
  }
})

test('a linter runs in the C locale and without colours, whatever the user has set', async () => {
  using folder = tempFolder({ 'bin/shellcheck': '#!/bin/sh\nenv\nexit 1\n', 'a.sh': 'echo\n' })
  chmodSync(join(folder.path, 'bin/shellcheck'), 0o755)
  const env = { FORCE_COLOR: '1', LANG: 'de_DE.UTF-8', PATH: `${folder.path}/bin:${process.env['PATH']}` }
  const { stdout } = await run('lr-check', ['-c', 'shellcheck', 'a.sh'], { cwd: folder.path, env })
  const variables = contentOf(stdout, 'stdout') ?? ''
  expect(variables).toMatch(/^LC_ALL=C\.UTF-8$/m)
  expect(variables).toMatch(/^NO_COLOR=1$/m)
  expect(variables).not.toMatch(/^(?:FORCE_COLOR|LANG)=/m)
})
