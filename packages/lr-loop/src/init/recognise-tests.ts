import { interpreterOf, isShell } from '@loop-runner/source-files'
import type { Folder } from './folder.ts'
import { bunTest, nodeTest, packageTests } from './recognise-node.ts'
import { django, pytest, unittest } from './recognise-python.ts'
import { type Recognise, type TestCommand, testCommand } from './test-command.ts'

/** The test commands that a folder's files speak for, the most telling first. */
export function recogniseTests(folder: Folder): TestCommand[] {
  return RECOGNISERS.flatMap((recognise) => recognise(folder) ?? [])
}

const CMAKE = 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure'

/** The project's own command comes first, then the usual one of its language. */
const RECOGNISERS: readonly Recognise[] = [
  packageTests,
  pytest,
  django,
  unittest,
  byFile(['tox.ini'], ['tox', '-q']),
  makeTarget,
  byText('justfile', /^test\b[^\n=]*:(?!=)/m, ['just', 'test']),
  byFile(['go.mod'], ['go', 'test', './...'], ['go', 'version']),
  byFile(['Cargo.toml'], ['cargo', 'test']),
  byFile(['gradlew'], ['./gradlew', 'test']),
  byFile(['pom.xml'], ['mvn', '-q', 'test']),
  byFile(['mix.exs'], ['mix', 'test']),
  byFile(['deno.json', 'deno.jsonc'], ['deno', 'test']),
  byFile(['Package.swift'], ['swift', 'test']),
  byEnding(/\.(sln|slnx|[cf]sproj)$/, ['dotnet', 'test']),
  byText(
    'CMakeLists.txt',
    /^\s*(enable_testing|add_test|include\s*\(\s*CTest)\b/im,
    ['sh', '-c', CMAKE],
    ['ctest', '--version'],
  ),
  byText('composer.json', /"test"\s*:/, ['composer', 'test']),
  byFile(['phpunit.xml', 'phpunit.xml.dist'], ['vendor/bin/phpunit']),
  rspec,
  rails,
  byText('Rakefile', /\bTestTask\b|^\s*task\s*[(:'"]*test\b/m, ['rake', 'test']),
  bats,
  bunTest,
  nodeTest,
  testScriptOfShell,
]

/** A recogniser by the first of these files that is there. */
function byFile(names: readonly string[], words: readonly string[], proof?: readonly string[]): Recognise {
  return ({ files }) => {
    const name = names.find((candidate) => files.includes(candidate))
    return name === undefined ? undefined : testCommand(words, name, proof)
  }
}

/** A recogniser that matches the content of a file. */
function byText(name: string, pattern: RegExp, words: readonly string[], proof?: readonly string[]): Recognise {
  return ({ read }) => (pattern.test(read(name)) ? testCommand(words, name, proof) : undefined)
}

function byEnding(pattern: RegExp, words: readonly string[]): Recognise {
  return ({ files }) => {
    const name = files.find((candidate) => pattern.test(candidate))
    return name === undefined ? undefined : testCommand(words, name)
  }
}

/** A script is run by the shell that its first line names. */
function testScriptOfShell({ files, read }: Folder): TestCommand | undefined {
  const name = ['test.sh', 'tests.sh', 'run-tests.sh'].find((candidate) => files.includes(candidate))
  if (name === undefined) return undefined
  const interpreter = interpreterOf(read(name))
  const shell = isShell(interpreter) ? interpreter : 'sh'
  return testCommand([shell, name], name, [shell, '-c', ':'])
}

function makeTarget({ files, read }: Folder): TestCommand | undefined {
  const name = ['GNUmakefile', 'makefile', 'Makefile'].find((candidate) => files.includes(candidate))
  if (name === undefined) return undefined
  const target = ['test', 'check'].find((candidate) => new RegExp(`^${candidate}\\s*:(?!=)`, 'm').test(read(name)))
  return target === undefined ? undefined : testCommand(['make', target], `the target "${target}" of ${name}`)
}

function rspec({ files, list, read }: Folder): TestCommand | undefined {
  const example = list('spec').find((name) => name.endsWith('_spec.rb'))
  const because = files.includes('.rspec') ? '.rspec' : example && `spec/${example}`
  if (because === undefined) return undefined
  return testCommand([...(/\brspec\b/.test(read('Gemfile')) ? ['bundle', 'exec'] : []), 'rspec'], because)
}

function rails({ list }: Folder): TestCommand | undefined {
  const isRails = list('bin').includes('rails') && list('test').length > 0
  return isRails ? testCommand(['bin/rails', 'test'], 'bin/rails') : undefined
}

function bats({ list }: Folder): TestCommand | undefined {
  const folder = ['test', 'tests'].find((name) => list(name).some((file) => file.endsWith('.bats')))
  return folder === undefined ? undefined : testCommand(['bats', folder], `${folder}/*.bats`)
}
