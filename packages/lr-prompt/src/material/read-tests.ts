import { realpathSync, statSync } from 'node:fs'
import { join, normalize, sep } from 'node:path'
import { isBlock, pathOfName } from '@loop-runner/block-format'
import type { Io } from '@loop-runner/cli-kit'
import { readListed } from '@loop-runner/source-files'
import type { Run, SourceFile } from '../evidence/evidence.ts'
import { isTest } from './is-test.ts'

/** A path of a program with a line: `tests/test_a.py:12`, `File "tests/test_a.py", line 12`, `test/a.test.js(12`. */
const PLACE =
  /(?<![\w./@+-])([\w./@+-]{1,300}\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|scala|groovy|cs|php|pl|t|sh|bats|exs?|lua|swift|c|cc|cpp))(?=:\d|\(\d|", line \d)/g
/** `at com.x.ATest.adds(ATest.java:12)` is a file below a folder of test sources. */
const JAVA_FRAME = /\bat (?:\w+\/\/?)?([\w.$]+)\.[\w$<>]+\((\w+\.(?:java|kt|scala|groovy)):\d+\)/g
const JAVA_ROOTS = ['src/test/java', 'src/test/kotlin', 'src/test/scala', 'src/test/groovy', 'test', 'tests', '.']
/** The package of failing tests of Go, whose places have base names. */
const GO_PACKAGE = /^FAIL\t(\S+)/gm
const MOST_FILES = 10

/**
 * The tests that failing runs name with a line and that the stream does not hold: their failing lines are shown. Only files
 * of the working tree that are named like tests are read.
 */
export function readNamedTests(runs: readonly Run[], known: readonly SourceFile[], { cwd }: Io): SourceFile[] {
  const inStream = new Set(known.map(({ path }) => path))
  const failing = runs.filter(({ outcome }) => outcome !== 'pass')
  const text = failing.map(({ stdout, stderr, findings }) => `${stdout}\n${stderr}\n${findings}`).join('\n')
  const paths = new Set(placesOf(text))
  const tests = [...paths].filter((path) => isTest(path) && !inStream.has(path) && isInside(path, cwd))
  return tests.slice(0, MOST_FILES).flatMap((path) => {
    const part = readListed(path, cwd)
    return isBlock(part) ? [{ ...part, path: pathOfName(part.name), editable: false }] : []
  })
}

/** Paths that may be meant, from the working directory. */
function placesOf(text: string): string[] {
  const named = [...text.matchAll(PLACE)].map(([, path = '']) => normalize(path))
  const java = [...text.matchAll(JAVA_FRAME)].flatMap(([, owner = '', file = '']) => {
    const folder = owner.split('.').slice(0, -1).join('/')
    return JAVA_ROOTS.map((root) => join(root, folder, file))
  })
  const folders = [...text.matchAll(GO_PACKAGE)].flatMap(([, name = '']) => {
    const parts = name.split('/')
    return parts.map((_part, at) => parts.slice(at + 1).join('/'))
  })
  const go = named.filter((path) => path.endsWith('_test.go') && !path.includes('/'))
  return [...named, ...java, ...go.flatMap((file) => folders.map((folder) => join(folder, file)))]
}

/** Files that the model asks for and that the stream does not hold; a line names each that cannot be shown. */
export function readRequested(
  requested: readonly string[],
  known: readonly SourceFile[],
  { cwd }: Io,
): { files: SourceFile[]; leftOut: string[] } {
  const inStream = new Set(known.map(({ path }) => path))
  const files: SourceFile[] = []
  const leftOut: string[] = []
  for (const path of new Set(requested)) {
    if (inStream.has(path)) continue
    const isHidden = /(?:^|\/)\./.test(path)
    const part = !isHidden && isInside(path, cwd) ? readListed(path, cwd) : undefined
    if (part && isBlock(part)) files.push({ ...part, path: pathOfName(part.name), editable: false })
    else leftOut.push(part?.text.trimEnd() ?? `${JSON.stringify(path)} cannot be shown: no such file in the tree`)
  }
  return { files, leftOut }
}

/** Whether a path is an existing file in the tree, by no link that leads out of it. */
function isInside(path: string, cwd: string): boolean {
  if (path.startsWith('/') || path.startsWith('..') || /(?:^|\/)(?:node_modules|\.venv|\.git)\//.test(path))
    return false
  try {
    const file = realpathSync(join(cwd, path))
    return file.startsWith(realpathSync(cwd) + sep) && statSync(file).isFile()
  } catch {
    return false
  }
}
