import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import type { ReplyForm } from '@loop-runner/reply-format'
import type { Material, Run, SourceFile } from '../evidence/evidence.ts'
import { excerptSources } from '../evidence/excerpt-sources.ts'
import { type Package, readPackage } from '../imports/javascript.ts'
import { PathIndex } from '../imports/path-index.ts'
import type { CountTokens } from '../tokens/count-tokens.ts'
import { isTest } from './is-test.ts'
import { namedSources } from './named-sources.ts'
import { readNamedTests, readRequested } from './read-tests.ts'
import type { Requests } from './requests.ts'
import { selectFiles } from './select-files.ts'

/** Lines on either side of a failing line of a test that is not shown. */
const EXCERPT_LINES = 3

/** What a folder is loaded by. */
const ENTRIES = ['index.js', 'index.mjs', 'index.cjs', 'index.ts', '__init__.py', 'mod.rs', 'lib.rs']
/** More folders of sources are not looked into. */
const MOST_FOLDERS = 50

export interface Wishes {
  readonly form: ReplyForm
  readonly requests: Requests
  readonly budget: number
  /** Lines around each place; undefined for those of tests that are not shown. */
  readonly excerpts: number | undefined
  readonly count: CountTokens
  readonly io: Io
}

/** Chooses the sources to show, and adds the lines that runs name: of tests that are not shown whole, or of all files. */
export function chooseMaterial(material: Material, wishes: Wishes): Material {
  const { requests, budget, excerpts, count, io } = wishes
  const failing = material.runs.filter(({ outcome }) => outcome !== 'pass')
  const tests = namedTests(material, failing, io)
  const packages = readPackages(material.files, io.cwd)
  const entries = readEntries(packages, material, io)
  const chosen = selectFiles(material, {
    requests,
    tests,
    testLines: failing.map((run) => excerptSources(run, tests, EXCERPT_LINES)).join('\n'),
    sources: { packages, index: new PathIndex([...sourcesOf(material), ...entries].map(({ path }) => path)) },
    entries,
    budget,
    takesEdits: wishes.form !== 'whole' && wishes.form !== 'text',
    count,
  })
  if (excerpts === 0) return chosen
  const whole = new Set(chosen.files.map(({ path }) => path))
  const unshown = tests.filter(({ path }) => !whole.has(path))
  const files = excerpts === undefined ? unshown : [...material.files, ...unshown]
  const excerptsOf = (run: Run) => (run.outcome === 'pass' ? '' : excerptSources(run, files, excerpts ?? EXCERPT_LINES))
  return { ...chosen, runs: chosen.runs.map((run) => ({ ...run, excerpts: excerptsOf(run) })) }
}

/** Tests that failing runs name: of the stream, and of the working tree. */
function namedTests({ files, runs }: Material, failing: readonly Run[], io: Io): SourceFile[] {
  const scripts = runs.flatMap(({ script }) => (script ? [script] : []))
  const said = failing
    .map(({ command, stdout, stderr, findings }) => [command, stdout, stderr, findings].join('\n'))
    .join('\n')
  const tests = files.filter(({ path }) => isTest(path))
  const named = namedSources(said, tests)
  return [...tests.filter(({ path }) => named.has(path)), ...readNamedTests(failing, [...files, ...scripts], io)]
}

function sourcesOf({ files }: Material): SourceFile[] {
  return files.filter(({ editable }) => editable)
}

/** The packages of the sources; a package.json that is no source is read from the working tree. */
function readPackages(files: readonly SourceFile[], cwd: string): Package[] {
  const packages = files.flatMap(({ path, content }) => readPackage(path, content) ?? [])
  if (!packages.some(({ folder }) => folder === '.')) {
    const own = readPackage('package.json', readOwnPackage(cwd))
    if (own) packages.push(own)
  }
  return packages
}

/** The entries of the package, and of folders of sources, that are no sources: tests import the sources through them. */
function readEntries(packages: readonly Package[], { files }: Material, io: Io): SourceFile[] {
  const own =
    packages.find(({ folder }) => folder === '.')?.entries.filter((entry) => /\.[cm]?[jt]s$/.test(entry)) ?? []
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)))
  const usual = [...folders].slice(0, MOST_FOLDERS).flatMap((folder) => ENTRIES.map((name) => join(folder, name)))
  return readRequested([...own.map((entry) => normalize(entry)), ...usual], files, io).files
}

/** The folder of a file, and those that hold it. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['.', ...parts.map((_part, at) => parts.slice(0, at + 1).join('/'))]
}

function readOwnPackage(cwd: string): string {
  try {
    return readFileSync(join(cwd, 'package.json'), 'utf8')
  } catch {
    return ''
  }
}
