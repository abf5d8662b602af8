import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BIN, bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

interface Place {
  readonly files: Readonly<Record<string, string>>
  /** Programs on PATH, each with its exit code, or with the command that decides it. */
  readonly programs?: Readonly<Record<string, number | string>>
  readonly env?: Readonly<Record<string, string>>
}

/** A project folder, on a machine that has these programs in front of whatever else it has. */
function projectOf({ files, programs = {}, env = {} }: Place) {
  const folder = tempFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`project/${name}`, text])))
  const bin = join(folder.path, 'bin')
  mkdirSync(bin)
  mkdirSync(join(folder.path, 'project'), { recursive: true })
  for (const [name, status] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${typeof status === 'number' ? `exit ${status}` : status}\n`, {
      mode: 0o755,
    })
  const path = `${bin}:${BIN}:${dirname(process.execPath)}:/usr/bin:/bin`
  return {
    cwd: join(folder.path, 'project'),
    env: { HOME: folder.path, PATH: path, ...env },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const PYTHON_TEST = 'import unittest\n'
/** A Python without pytest. */
const NO_PYTEST = '[ "$2" != pytest ]'
const NPM = (test: string) => JSON.stringify({ scripts: { test } })

const KINDS: readonly (Place & { what: string; says: readonly string[] })[] = [
  ...[
    ['', 'sh'],
    ['#!/bin/sh\n', 'sh'],
    ['#!/bin/bash\n', 'bash'],
    ['#!/usr/bin/env bash\n', 'bash'],
    ['#! /bin/bash -e\n', 'bash'],
    ['#!/usr/bin/env -S bash -eu\n', 'bash'],
    ['#!/usr/bin/env python3\n', 'sh'],
  ].map(([first = '', shell = '']) => ({
    what: `a test.sh that begins with ${JSON.stringify(first)}`,
    files: { 'test.sh': `${first}true\n`, 'src/a.txt': '' },
    says: [`check-command: ${shell} test.sh # test.sh`],
  })),
  {
    what: 'npm, with src',
    files: { 'package.json': NPM('node --test'), 'src/a.js': '', 'test/a.test.js': '' },
    programs: { npm: 0 },
    says: ['sources: [src]', 'check-command: npm test # the script "test" of package.json'],
  },
  {
    what: 'a script of pnpm, without pnpm',
    files: { 'package.json': NPM('node --test'), 'pnpm-lock.yaml': '', 'src/a.js': '', 'test/a.test.js': '' },
    programs: { pnpm: 127 },
    says: ['check-command: node --test # test/a.test.js'],
  },
  {
    what: 'pnpm workspaces',
    files: { 'package.json': NPM('vitest run'), 'pnpm-lock.yaml': '', 'packages/a/index.ts': '' },
    programs: { pnpm: 0 },
    says: ['sources: [packages]', 'check-command: pnpm test #'],
  },
  {
    what: 'a package.json as npm init writes it',
    files: { 'package.json': NPM('echo "Error: no test specified" && exit 1'), 'index.js': '', 'index.test.js': '' },
    says: ['sources: [index.js]', 'check-command: node --test # index.test.js'],
  },
  {
    what: 'pytest, with a package',
    files: { 'pyproject.toml': '[tool.pytest.ini_options]\n', 'mine/__init__.py': '', 'tests/test_a.py': PYTHON_TEST },
    programs: { pytest: 0, python3: 0 },
    says: [
      'sources: [mine]',
      'check-command: python3 -m pytest -q # pyproject.toml',
      '#check-command: python3 -m unittest discover # tests/test_a.py',
    ],
  },
  {
    what: 'a pytest of its own environment, which python3 has not',
    files: { 'a.py': '', 'test_a.py': '' },
    programs: { pytest: 0, python3: 1 },
    says: ['check-command: pytest -q # test_a.py'],
  },
  {
    what: 'pytest in a project of uv',
    files: { 'uv.lock': '', 'src/a.py': '', 'tests/test_a.py': '' },
    programs: { uv: 0 },
    says: ['check-command: uv run python -m pytest -q # uv.lock'],
  },
  {
    what: 'a project of uv without uv',
    files: { 'uv.lock': '', 'src/a.py': '', 'tests/test_a.py': '' },
    programs: { uv: 127, python3: 0 },
    says: ['check-command: python3 -m pytest -q # tests/test_a.py'],
  },
  ...['', '; not installed: django'].map((lack) => ({
    what: `Django${lack}`,
    files: { 'manage.py': 'import django\n', 'shop/tests.py': '' },
    programs: { python3: lack === '' ? 0 : 1 },
    says: [`${lack && '#'}check-command: python3 manage.py test # manage.py${lack}`],
  })),
  {
    what: 'Rails',
    files: { Gemfile: 'gem "rails"\n', 'bin/rails': '', 'app/a.rb': '', 'test/a_test.rb': '' },
    says: ['sources: [app]', '#check-command: bin/rails test # bin/rails; not installed: bin/rails'],
  },
  {
    what: 'the runner of Bun',
    files: { 'package.json': '{}', 'bun.lock': '', 'src/a.ts': '', 'src/a.test.ts': '' },
    programs: { bun: 0 },
    says: ['sources: [src]', 'check-command: bun test # bun.lock'],
  },
  {
    what: 'a pytest that a version manager only stands in for',
    files: { 'a.py': '', 'test_a.py': PYTHON_TEST },
    programs: { pytest: 127, python3: NO_PYTEST },
    says: [
      'sources: [a.py]',
      'check-command: python3 -m unittest discover # test_a.py',
      '#check-command: pytest -q # test_a.py; not installed: pytest',
    ],
  },
  {
    what: 'a virtual environment',
    files: { 'conftest.py': '', 'src/a.py': '', '.venv/bin/pytest': '' },
    says: ['#check-command: .venv/bin/python -m pytest -q # conftest.py; not installed: .venv/bin/python'],
  },
  {
    what: 'a Makefile',
    files: { Makefile: 'CHECK := 1\ncheck: all\n\ttrue\n', 'a.c': '' },
    programs: { make: 0 },
    says: ['sources: [a.c]', 'check-command: make check # the target "check" of Makefile'],
  },
  {
    what: 'a Makefile that starts a script, which is not named as a source',
    files: { Makefile: 'test:\n\tsh ./judge.sh\n', 'judge.sh': '', 'work.sh': '', 'verify.sh': '', 'a.spec.js': '' },
    programs: { make: 0 },
    says: ['sources: [work.sh]', 'check-command: make test #'],
  },
  {
    what: 'a script of package.json that is not named as a source',
    files: { 'package.json': NPM('node judge.js'), 'judge.js': '', 'work.js': '' },
    programs: { npm: 0 },
    says: ['sources: [work.js]'],
  },
  {
    what: 'a justfile',
    files: { justfile: 'lint:\n  x\ntest *args: lint\n  y\n', 'a.py': '' },
    programs: { just: 0 },
    says: ['check-command: just test # justfile'],
  },
  {
    what: 'CMake with tests',
    files: { 'CMakeLists.txt': 'project(a C)\nenable_testing()\n', 'src/a.c': '' },
    programs: { ctest: 0 },
    says: [
      'check-command: [sh, -c, cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure] #',
    ],
  },
  {
    what: 'CMake with tests and without CMake',
    files: { 'CMakeLists.txt': 'add_test(NAME a COMMAND a)\n', 'src/a.c': '' },
    programs: { ctest: 127 },
    says: ['#check-command: [sh, -c, cmake -S'],
  },
  {
    what: 'Ruby with Rake',
    files: { Rakefile: 'require "rake/testtask"\nRake::TestTask.new\n', 'lib/a.rb': '' },
    programs: { rake: 0 },
    says: ['sources: [lib]', 'check-command: rake test # Rakefile'],
  },
  {
    what: 'RSpec, in a bundle and by itself',
    files: { Gemfile: 'gem "rspec"\n', 'lib/a.rb': '', 'spec/a_spec.rb': '' },
    programs: { bundle: 0 },
    says: ['check-command: bundle exec rspec # spec/a_spec.rb'],
  },
  {
    what: 'a project of .NET',
    files: { 'a.csproj': '', 'A.cs': '' },
    programs: { dotnet: 0 },
    says: ['sources: [A.cs]', 'check-command: dotnet test # a.csproj'],
  },
  {
    what: 'Bats',
    files: { 'a.sh': '', 'test/a.bats': '' },
    programs: { bats: 0 },
    says: ['sources: [a.sh]', 'check-command: bats test # test/*.bats'],
  },
  {
    what: 'workspaces without a script of the root',
    files: { 'package.json': '{"workspaces":["packages/*"]}', 'packages/a/a.js': '' },
    programs: { npm: 0 },
    says: ['check-command: npm test --workspaces --if-present # the workspaces of package.json'],
  },
  {
    what: 'a runner that a package depends on without a script',
    files: { 'package.json': '{"devDependencies":{"vitest":"4"}}', 'src/a.ts': '', 'src/a.test.js': '' },
    programs: { npx: 0 },
    says: ['check-command: npx vitest run # vitest in package.json'],
  },
  {
    what: 'a runner that is not installed',
    files: { 'package.json': '{"devDependencies":{"jest":"30"}}', 'src/a.js': '' },
    programs: { npx: 1 },
    says: ['#check-command: npx jest # jest in package.json; not installed: jest'],
  },
  {
    what: 'a package.json that is no object',
    files: { 'package.json': 'null', 'src/a.test.js': '' },
    says: ['check-command: node --test # src/a.test.js'],
  },
  {
    what: 'Go',
    files: { 'go.mod': 'module a\n', 'cmd/a/main.go': '', 'internal/b.go': '' },
    programs: { go: 0 },
    says: ['sources: [cmd, internal]', 'check-command: go test ./... # go.mod'],
  },
  {
    what: 'Rust',
    files: { 'Cargo.toml': '[package]\n', 'src/main.rs': '' },
    programs: { cargo: 0 },
    says: ['sources: [src]', 'check-command: cargo test # Cargo.toml'],
  },
  {
    what: 'Gradle, with its wrapper not executable',
    files: { gradlew: '#!/bin/sh\n', 'src/main/java/A.java': '' },
    says: [
      'sources: [src]',
      '#check-command: ./gradlew test # gradlew; not installed: ./gradlew',
      '# No check was found',
    ],
  },
  {
    what: 'shell scripts',
    files: { 'backup.sh': 'true\n', 'restore.sh': 'true\n' },
    programs: { shellcheck: 0 },
    says: ['sources: [backup.sh, restore.sh]', '#checkers: [bash-syntax, shellcheck]'],
  },
  {
    what: 'data',
    files: { 'a.json': '{}', 'b: c.yaml': 'a: 1\n' },
    says: ['sources: [a.json, "b: c.yaml"]', '#checkers: [json, yaml]'],
  },
  // A checker that is not found is not listed.
  ...(hasProgram('hadolint')
    ? []
    : [{ what: 'a Dockerfile', files: { Dockerfile: '' }, says: ['# No check was found'] }]),
  {
    what: 'nothing',
    files: {},
    says: ['sources: [.]', '#check-command: npm test', '# No check was found'],
  },
]

const PROGRAMS = [
  'lr-apply',
  'lr-blocks list',
  'lr-check',
  'lr-git status',
  'lr-llm',
  'lr-loop',
  'lr-prompt',
  'lr-score',
]

describe('lr-loop init', () => {
  test.each(KINDS)('$what', async ({ says, ...place }) => {
    using project = projectOf(place)
    const ran = await run('lr-loop', ['init'], project)
    expect(ran).toEqual({
      status: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^lr-loop: sources: [\d,]+ files?(?:, [\d,]+ bytes?, about [\d,]+ tokens?)?\n(?:lr-loop: check: .+\n)+lr-loop: model: no key is set .+\nlr-loop: lr\.yaml is written; next: (?:lr-loop config \(validates it\), then lr-loop \(runs the check, and the model if it fails\)|(write the command that checks your work into it \(check-command\), then lr-loop))\n$/,
      ),
    })
    const lines = readFileSync(join(project.cwd, 'lr.yaml'), 'utf8').split('\n')
    expect(ran.stderr.includes('write the command')).toBe(says.includes('# No check was found'))
    for (const text of says)
      expect(
        lines.filter((line) => line.startsWith(text)),
        lines.join('\n'),
      ).toHaveLength(1)
    const load = PROGRAMS.map((program) => `${program} --show-config > /dev/null`).join(' && ')
    expect(await bash(load, project)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(await run('lr-loop', ['config'], project)).toMatchObject({ status: 0, stderr: '' })
  })

  test('says what it has chosen, and what would be if it were installed', async () => {
    using project = projectOf({
      files: { 'Cargo.toml': '', 'src/a.rs': '', 'test.sh': '' },
      programs: { cargo: 127 },
      env: { GROQ_API_KEY: 'canary' },
    })
    const { stderr } = await run('lr-loop', ['init'], project)
    expect(stderr.split('\n').slice(1, -2)).toEqual([
      'lr-loop: check: sh test.sh (test.sh)',
      'lr-loop: check: not cargo test: cargo is not installed',
      'lr-loop: model: groq (its key: GROQ_API_KEY)',
    ])
  })

  test.each([
    { what: 'no key', env: {}, programs: {}, says: ['#model: groq # after export GROQ_API_KEY=…', '#local: true'] },
    {
      what: 'keys of two providers',
      env: { ANTHROPIC_API_KEY: 'canary', GROQ_API_KEY: 'canary' },
      programs: {},
      says: ['model: groq # its key: GROQ_API_KEY', '#model: anthropic # its key: ANTHROPIC_API_KEY'],
    },
    { what: 'Ollama and no key', env: {}, programs: { ollama: 0 }, says: ['local: true'] },
    {
      what: 'Ollama and a key',
      env: { XAI_API_KEY: 'canary' },
      programs: { ollama: 0 },
      says: ['model: xai #', '#local: true'],
    },
  ])('the model is the one that can be asked: $what', async ({ env, programs, says }) => {
    using project = projectOf({ files: {}, env, programs })
    const { stdout } = await run('lr-loop', ['init', '--dry-run'], project)
    for (const text of says) expect(stdout).toContain(`\n${text}`)
    expect(stdout).not.toContain('canary')
    expect(existsSync(join(project.cwd, 'lr.yaml'))).toBe(false)
  })

  test.each([
    { what: 'a repository', files: { '.git/HEAD': '' }, says: '#dirty: carry' },
    { what: 'no repository', files: {}, says: 'no-git: true' },
  ])('in $what', async ({ files, says }) => {
    using project = projectOf({ files })
    expect((await run('lr-loop', ['init', '-n'], project)).stdout).toContain(`\n  ${says}\n`)
  })

  test('every setting that is left out can be turned on', async () => {
    using project = projectOf({ files: { 'a.sh': '', 'test.sh': '' } })
    const { stdout } = await run('lr-loop', ['init', '-n'], project)
    // A setting and what is indented below it.
    const left = [...stdout.matchAll(/^( *)#\S.*\n(?:\1 +#.*\n)*/gm)].map(([block]) => block)
    expect(left.length).toBeGreaterThan(8)
    for (const block of left) {
      const on = block.replaceAll(/^( *)#/gm, '$1')
      const key = /^ *([\w-]+):/.exec(on)?.[1] ?? ''
      // A key that is set above is what it is an alternative to.
      const others = stdout
        .split(block)
        .join('')
        .replace(new RegExp(`^${key}:.*\n`, 'm'), '')
      const text = on.startsWith(' ') ? others.replace('\nloop:\n', `\nloop:\n${on}`) : others + on
      writeFileSync(join(project.cwd, 'lr.yaml'), key === 'layers' ? `${text}checks: { tests: "true" }\n` : text)
      expect(await run('lr-loop', ['config', '--config=lr.yaml'], project), text).toMatchObject({
        status: 0,
        stderr: '',
      })
      expect(text).not.toBe(stdout)
    }
  })

  test('never overwrites', async () => {
    using project = projectOf({ files: { 'lr.yaml': 'model: mine\n' } })
    expect(await run('lr-loop', ['init'], project)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'lr-loop: lr.yaml: exists already (lr-loop init --dry-run prints a new one)\n',
    })
    expect(readFileSync(join(project.cwd, 'lr.yaml'), 'utf8')).toBe('model: mine\n')
  })

  test('says that the one above holds no longer', async () => {
    using project = projectOf({ files: { 'lr.yaml': '', 'sub/a.sh': '' } })
    const { stderr } = await run('lr-loop', ['init', '-C', 'sub'], project)
    expect(stderr).toContain(`lr-loop: ${project.cwd}/lr.yaml no longer applies in this folder\n`)
  })

  test('then lr-loop alone in an empty folder: nothing is checked, which is no pass', async () => {
    using project = projectOf({ files: {}, env: { LR_LLM: 'touch asked' } })
    const { status, stderr } = await bash('lr-loop init -q && lr-loop', project)
    expect({ status, asked: existsSync(join(project.cwd, 'asked')) }).toEqual({ status: 3, asked: false })
    expect(stderr).toContain('nothing was checked: there is no source')
  })

  test('then lr-loop alone: the check fails, the model fixes it, the check passes', async () => {
    using project = projectOf({
      files: { 'src/a.txt': 'broken\n', 'test.sh': 'grep -q fixed src/a.txt\n' },
      env: { LR_LLM: "printf '<<<< src/a.txt <<<<\\nfixed\\n>>>>>>>>\\n'" },
    })
    const { status, stderr } = await bash('lr-loop init -q && lr-loop --help > /dev/null && lr-loop -q', project)
    expect({ status, text: readFileSync(join(project.cwd, 'src/a.txt'), 'utf8') }, stderr).toEqual({
      status: 0,
      text: 'fixed\n',
    })
  })
})
