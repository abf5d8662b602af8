import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import picomatch from 'picomatch'
import type { Checkers } from '@loop-runner/checker-table'
import { missingProgram } from './choose-checker.ts'
import { typeOfFile } from './file-types.ts'
import { wordsOfScript } from './package-script.ts'
import { recognise } from './recognise.ts'

interface Place {
  readonly checkers: Checkers
  readonly sources: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** The test runners for the tests among the sources, each with its files. One that is not installed is among them. */
export function chooseTests(place: Place): ReadonlyMap<string, readonly string[]> {
  const chosen = new Map<string, string[]>()
  for (const file of place.sources) {
    const name = runnerFor(file, place)
    if (name === undefined) continue
    const files = chosen.get(name)
    if (files) files.push(file)
    else chosen.set(name, [file])
  }
  return chosen
}

type Choose = (file: string, place: Place) => string | undefined

const scriptTest: Choose = (file, place) => (isFileOf('vitest', file, place) ? scriptRunner(file, place) : undefined)

/** How the runner of a test is chosen, by the type of the file; undefined for a file that is not a test. */
const BY_TYPE: Readonly<Record<string, Choose>> = {
  python: (file, place) => (isFileOf('pytest', file, place) ? pythonRunner(file, place) : undefined),
  javascript: scriptTest,
  jsx: scriptTest,
  typescript: scriptTest,
  tsx: scriptTest,
  go: (file, place) => (isFileOf('go-test', file, place) ? 'go-test' : undefined),
  rust: (file, place) => (/#\[(?:\w+::)?test\b/.test(textOf(file, place)) ? 'cargo-test' : undefined),
  bats: () => 'bats',
  perl: (file, place) => (isFileOf('prove', file, place) ? 'prove' : undefined),
}

function runnerFor(file: string, place: Place): string | undefined {
  return BY_TYPE[typeOfFile(file, place.cwd) ?? '']?.(file, place)
}

function isFileOf(name: string, file: string, { checkers }: Place): boolean {
  const { files = [] } = checkers[name] ?? {}
  return picomatch([...files], { basename: true, dot: true })(file)
}

/** Without pytest, its own library runs what is written for that. */
function pythonRunner(file: string, { checkers, cwd, env }: Place): string {
  const { pytest } = checkers
  const isThere = pytest !== undefined && missingProgram(pytest, cwd, env) === undefined
  return isThere || !/^\s*(?:import|from) unittest\b/m.test(textOf(file, { cwd })) ? 'pytest' : 'unittest'
}

const SCRIPT_RUNNERS = ['vitest', 'jest', 'mocha', 'ava', 'tape'] as const

/** The runner that the test imports, that the script "test" starts, or on which the package depends; else Node's. */
function scriptRunner(file: string, place: Place): string {
  const text = textOf(file, place)
  if (/['"]node:test['"]/.test(text)) return 'node-test'
  const imported = SCRIPT_RUNNERS.find((name) => new RegExp(`['"](?:@${name}/globals|${name})['"]`).test(text))
  return imported ?? scriptedRunner(place) ?? packagedRunner(place) ?? 'node-test'
}

function scriptedRunner({ checkers, cwd }: Place): string | undefined {
  const checker = recognise(wordsOfScript(['npm', 'test'], cwd) ?? [], checkers)
  return ['node-test', ...SCRIPT_RUNNERS].find((name) => checkers[name] === checker && checker !== undefined)
}

function packagedRunner(place: Place): string | undefined {
  const text = textOf('package.json', place)
  return SCRIPT_RUNNERS.find((name) => text.includes(`"${name}"`))
}

function textOf(file: string, { cwd }: Pick<Place, 'cwd'>): string {
  try {
    return readFileSync(join(cwd, file), 'utf8')
  } catch {
    return ''
  }
}
