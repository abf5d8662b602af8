import { existsSync } from 'node:fs'
import { basename, join, normalize } from 'node:path'
import { kindOf, type Plan } from '@loop-runner/checkers'
import { pathMatcher, startedBy } from '@loop-runner/source-files'
import { countTests } from './count-tests.ts'
import { readText } from './read-text.ts'

/** An interpreter that only reads a script: `bash -n`, `php -l`, `perl -c`, `node --check`, `python -m py_compile`. */
const READS_ONLY = /^-(?:[a-z]*n|l|p|c|wc|cw|m)$|^--(?:check|syntax|syntax-check|noexec)$/

/**
 * The files that a check has run for certain: scripts that it starts, and files that it names in what it prints, if that
 * speaks of tests. A linter names files that it only reads.
 *
 * @param paths of tests and check scripts
 */
export function metFiles(
  paths: readonly string[],
  { plan, output, cwd }: { readonly plan: Plan; readonly output: string; readonly cwd: string },
): string[] {
  const started = startedBy(plan.argv, cwd, plan.folder)
  const { commands } = started
  const scripts = new Set(scriptsRun(started))
  const speaksOfTests = countTests(output) !== undefined || /\bassert/i.test(output)
  const isTest =
    kindOf(plan) === 'test' ||
    speaksOfTests ||
    commands.some(({ words, folder }) => startsProgram(words, join(cwd, folder)))
  const words = commands.flatMap(({ words }) => words)
  const named = isTest ? namedIn(paths, [...plan.argv, ...words, output].join('\n')) : new Set<string>()
  const isListed = pathMatcher(isTest ? words.filter((word) => /^[\w./-]*\*[\w.*/-]*$/.test(word)) : [])
  return paths.filter((path) => scripts.has(path) || named.has(path) || isListed(path))
}

/** A program that was compiled from the tree, or for the virtual machine; one that is installed may be a linter. */
function startsProgram([program = '']: readonly string[], folder: string): boolean {
  if (program === 'java') return true
  if (!program.includes('/') || /^\/|(?:^|\/)(?:node_modules|\.?venv|vendor|tools)\//.test(program)) return false
  const file = join(folder, program)
  return !existsSync(file) || readText(file).includes('\0')
}

/** The script that a command line itself starts, to its last line. */
export function scriptRun({ argv, folder }: Plan, cwd: string): string | undefined {
  const named = new Set(startedBy(argv, cwd, folder).scripts)
  return argv.map((word) => normalize(word)).find((word) => named.has(word) && isRunBy(argv, word))
}

function scriptsRun({ scripts, commands }: ReturnType<typeof startedBy>): string[] {
  return scripts.filter((path) =>
    commands.every(({ words }) => !words.some((word) => word.endsWith(basename(path))) || isRunBy(words, path)),
  )
}

function isRunBy(words: readonly string[], path: string): boolean {
  const at = words.findIndex((word) => basename(word) === basename(path))
  const before = words.slice(1, Math.max(1, at))
  return before.includes('doctest') || !before.some((word) => READS_ONLY.test(word))
}

/** Names that the source of a program or an object file may have: make finds it by such a name. */
function compiledFrom(name: string): string[] {
  const stem = name.replace(/\.o(?:bj)?$/, '')
  return stem.includes('.') ? [stem] : ['c', 'cc', 'cpp', 'cxx'].map((ending) => `${stem}.${ending}`)
}

/** By their whole path, or by a name that only one of them has. */
function namedIn(paths: readonly string[], text: string): Set<string> {
  const words = [...new Set(text.match(/[\w@.+-]+(?:\/[\w@.+-]+)*/g) ?? [])]
  const names = new Set(words.flatMap((word) => [basename(word), ...compiledFrom(basename(word))]))
  const first = new Map(paths.toReversed().map((path) => [basename(path), path]))
  const last = new Map(paths.map((path) => [basename(path), path]))
  const isOne = (path: string) => first.get(basename(path)) === last.get(basename(path))
  const isWhole = (path: string) => words.some((word) => word === path || word.endsWith(`/${path}`))
  return new Set(paths.filter((path) => names.has(basename(path)) && (isOne(path) || isWhole(path))))
}
