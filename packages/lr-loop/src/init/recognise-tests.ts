import { interpreterOf, isShell } from '@loop-runner/source-files'
import type { Folder } from './folder.ts'

/** A command that runs a project's tests. */
export interface TestCommand {
  readonly words: readonly string[]
  /** What of the folder speaks for it. */
  readonly because: string
  /** A call of its program that shows that it works here; undefined where that is a file of the project. */
  readonly proof: readonly string[] | undefined
}

type Recognise = (folder: Folder) => TestCommand | undefined

/** The test commands that a folder's files speak for, the most telling first. */
export function recogniseTests(folder: Folder): TestCommand[] {
  return RECOGNISERS.flatMap((recognise) => recognise(folder) ?? [])
}

/** What a project itself says comes first, then what its language has. */
const RECOGNISERS: readonly Recognise[] = [
  packageScript,
  pytest,
  unittest,
  makeTarget,
  byFile(['go.mod'], ['go', 'test', './...'], ['go', 'version']),
  byFile(['Cargo.toml'], ['cargo', 'test']),
  byFile(['gradlew'], ['./gradlew', 'test']),
  byFile(['pom.xml'], ['mvn', '-q', 'test']),
  byFile(['mix.exs'], ['mix', 'test']),
  byFile(['deno.json', 'deno.jsonc'], ['deno', 'test']),
  byFile(['phpunit.xml', 'phpunit.xml.dist'], ['vendor/bin/phpunit']),
  byFile(['.rspec'], ['bundle', 'exec', 'rspec']),
  nodeTest,
  testScriptOfShell,
]

/** A recogniser by the first of these files that is there. */
function byFile(names: readonly string[], words: readonly string[], proof?: readonly string[]): Recognise {
  return ({ files }) => {
    const name = names.find((candidate) => files.includes(candidate))
    return name === undefined ? undefined : command(words, name, proof)
  }
}

function command(words: readonly string[], because: string, proof?: readonly string[]): TestCommand {
  const [program = ''] = words
  return { words, because, proof: program.includes('/') ? undefined : (proof ?? [program, '--version']) }
}

const MANAGERS: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun run'],
  ['bun.lockb', 'bun run'],
]

function packageScript({ files, read }: Folder): TestCommand | undefined {
  const script = testScript(read('package.json'))
  // What `npm init` writes is no test.
  if (script === undefined || script.includes('no test specified')) return undefined
  const [, manager = 'npm'] = MANAGERS.find(([name]) => files.includes(name)) ?? []
  return command([...manager.split(' '), 'test'], 'the script "test" of package.json')
}

function testScript(text: string): string | undefined {
  try {
    const script = (JSON.parse(text) as { scripts?: { test?: unknown } }).scripts?.test
    return typeof script === 'string' ? script : undefined
  } catch {
    return undefined
  }
}

/** A script is run by the shell that its first line names. */
function testScriptOfShell({ files, read }: Folder): TestCommand | undefined {
  const name = ['test.sh', 'tests.sh', 'run-tests.sh'].find((candidate) => files.includes(candidate))
  if (name === undefined) return undefined
  const interpreter = interpreterOf(read(name))
  const shell = isShell(interpreter) ? interpreter : 'sh'
  return command([shell, name], name, [shell, '-c', ':'])
}

/** Names of files in which pytest finds tests. */
const PYTHON_TEST = /^(test_.*|.*_test)\.py$/

function pythonTests({ files, list }: Folder): string[] {
  const inside = ['tests', 'test'].flatMap((folder) => list(folder).map((name) => `${folder}/${name}`))
  return [...inside, ...files].filter((path) => PYTHON_TEST.test(path.split('/').at(-1) ?? ''))
}

function pytest(folder: Folder): TestCommand | undefined {
  const { files, read, list } = folder
  const configured =
    ['pytest.ini', 'conftest.py'].find((name) => files.includes(name)) ??
    (/^\[tool\.pytest/m.test(read('pyproject.toml')) ? 'pyproject.toml' : undefined) ??
    (/^\[tool:pytest\]/m.test(read('setup.cfg')) ? 'setup.cfg' : undefined)
  const because = configured ?? pythonTests(folder)[0]
  if (because === undefined) return undefined
  const own = ['.venv/bin', 'venv/bin'].find((place) => list(place).includes('pytest'))
  return command([own === undefined ? 'pytest' : `${own}/pytest`, '-q'], because)
}

function unittest(folder: Folder): TestCommand | undefined {
  const because = pythonTests(folder).find((path) => /^\s*(import|from) unittest\b/m.test(folder.read(path)))
  return because === undefined ? undefined : command(['python3', '-m', 'unittest', 'discover'], because)
}

function makeTarget({ files, read }: Folder): TestCommand | undefined {
  const name = ['GNUmakefile', 'makefile', 'Makefile'].find((candidate) => files.includes(candidate))
  if (name === undefined) return undefined
  const target = ['test', 'check'].find((candidate) => new RegExp(`^${candidate}\\s*:(?!=)`, 'm').test(read(name)))
  return target === undefined ? undefined : command(['make', target], `the target "${target}" of ${name}`)
}

function nodeTest({ files, list }: Folder): TestCommand | undefined {
  const inside = list('test').map((name) => `test/${name}`)
  const because = [...files, ...inside].find((path) => /(^test\/[^/]+|[.-]test)\.[cm]?js$/.test(path))
  return because === undefined ? undefined : command(['node', '--test'], because)
}
