import { basename, dirname } from 'node:path'
import { isPython, pathMatcher } from '@loop-runner/source-files'
import { PYTHON_MODULES } from './python-modules.ts'

/** Files by which a module or header of the tree is taken for one of a language or a test framework. */
interface Shadows {
  readonly source: string
  /** The check starts one of them. */
  readonly programs: RegExp
  /** Of pathMatcher, separated by blanks. */
  readonly patterns: string
}

const SHADOWS: readonly Shadows[] = [
  {
    source: 'perldoc perlmodlib, Test::Harness, Test2::Suite',
    programs: /^(?:perl|prove)$/,
    patterns: `**/Test/*.pm **/Test/Builder/** **/Test2/** **/TAP/** **/Scalar/Util.pm **/List/Util.pm **/Data/Dumper.pm
      {strict,warnings,utf8,vars,lib,base,parent,constant,overload,Exporter,Carp}.pm`,
  },
  {
    source: 'Ruby: $LOAD_PATH; Minitest: README; RSpec: rspec-core; test-unit',
    programs: /^(?:ruby|rake|rspec|bundle|m|minitest)$/,
    patterns: 'minitest.rb **/minitest/** rspec.rb **/rspec/** **/test/unit.rb **/test/unit/** rubygems.rb',
  },
  {
    source: 'Lua 5.4 Reference Manual: package.path; busted; luaunit',
    programs: /^(?:lua[\d.]*|luajit|busted)$/,
    patterns: 'busted.lua **/busted/** luassert.lua **/luassert/** luaunit.lua say.lua',
  },
  {
    source: 'ISO C: standard headers; GCC: directory options (-I); Check, Unity, cmocka, GoogleTest, Catch2, CUnit',
    programs: /^(?:(?:.*-)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|tcc)(?:-\d+)?|make|gmake|cmake|ctest|ninja|meson)$/,
    patterns: `{assert,ctype,errno,float,inttypes,limits,math,setjmp,signal,stdarg,stdbool,stddef,stdint,stdio,stdlib}.h
      {string,time,unistd,check,unity,cmocka,doctest}.h **/gtest/** **/gmock/** **/catch2/** catch*.hpp **/CUnit/**`,
  },
  {
    source: 'The java command: class path; JUnit, TestNG, Hamcrest, AssertJ, Mockito by package',
    programs: /^(?:java|javac|mvn|mvnw|gradle|gradlew|kotlinc|scalac|sbt|ant)$/,
    patterns: '**/{org/junit,junit/framework,org/testng,org/hamcrest,org/assertj,org/mockito,org/opentest4j}/**',
  },
]

/** Programs that run Python in their own process. */
const OF_PYTHON =
  /^(?:pytest|py\.test|nose2|nosetests|tox|nox|coverage|uv|poetry|hatch|pdm|pipenv|behave|green|ward|trial)$/

/** Programs that check types by such descriptions. */
const READS_STUBS = /^(?:d?mypy|pyright|basedpyright|pyre|pytype|tsc|vue-tsc|svelte-check|attw)$/

/**
 * Answers whether a path would be loaded in the place of a module of the language or of a test framework.
 *
 * @param programs that the check starts, by base name
 */
export function makeShadows(
  programs: ReadonlySet<string>,
  isThere: (path: string) => boolean,
): (path: string) => boolean {
  const starts = (pattern: RegExp) => [...programs].some((name) => pattern.test(name))
  const matches = pathMatcher(
    SHADOWS.filter((row) => starts(row.programs)).flatMap(({ patterns }) => patterns.split(/\s+/)),
  )
  const startsPython = starts(OF_PYTHON) || [...programs].some(isPython)
  const readsStubs = starts(READS_STUBS)
  return (path) =>
    matches(path) || (startsPython && isPythonModule(path, isThere)) || (readsStubs && isStub(path, isThere))
}

/** A description of types that is read in the place of the source beside it. */
function isStub(path: string, isThere: (path: string) => boolean): boolean {
  const [, stem, kind] = /^(.*)\.(pyi|d\.[cm]?ts)$/.exec(path) ?? []
  if (stem === undefined) return false
  return (kind === 'pyi' ? ['py'] : ['js', 'mjs', 'cjs', 'jsx', 'ts', 'tsx']).some((each) => isThere(`${stem}.${each}`))
}

/** A module within a package has another name: `package.types`. */
function isPythonModule(path: string, isThere: (path: string) => boolean): boolean {
  const [, stem, kind] = /^(.*?)(?:(\.pyc?|\.(?:[\w-]+\.)?so|\.pyd)|\/__init__\.py)$/.exec(path) ?? []
  if (stem === undefined) return false
  const folder = dirname(stem)
  return (
    PYTHON_MODULES.has(kind === undefined ? basename(stem) : basename(stem).replace(/\..*$/, '')) &&
    !isThere(`${folder}/__init__.py`)
  )
}
