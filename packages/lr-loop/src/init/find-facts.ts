import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findOnPath, type Io, isProgram, runProcess, workingTreeOf } from '@loop-runner/cli-kit'
import { listSources, startedBy } from '@loop-runner/source-files'
import { askProgram } from '../ask-program.ts'
import { chooseSources } from './choose-sources.ts'
import { readFolder } from './folder.ts'
import { recogniseTests } from './recognise-tests.ts'
import type { TestCommand } from './test-command.ts'

/** The facts about a folder and this machine that decide how a loop can run. */
export interface Facts {
  readonly sources: readonly string[]
  /** That work here; the first is the best. */
  readonly tests: readonly TestCommand[]
  /** That the folder speaks for, but whose program is not here. */
  readonly missing: readonly TestCommand[]
  /** Names of the checkers that lr-check would choose. */
  readonly checkers: readonly string[]
  readonly keys: readonly Key[]
  /** Whether Ollama is on this machine. */
  readonly hasOllama: boolean
  readonly isRepository: boolean
}

/** A provider whose key is here, and where: a variable, or a file. */
export interface Key {
  readonly provider: string
  readonly place: string
}

const PROOF_TIMEOUT_MS = 20_000

/** Reads the working directory, and calls lr-check and lr-llm for their facts. */
export async function findFacts(io: Io): Promise<Facts> {
  const folder = readFolder(io.cwd)
  const found = recogniseTests(folder)
  const working = await Promise.all(found.map((test) => findWorking(test, io)))
  const tests = working.filter((test) => test !== undefined)
  const { scripts } = startedBy((tests[0] ?? found[0])?.words ?? [], io.cwd)
  const sources = chooseSources(folder, scripts)
  const [checkers, keys] = await Promise.all([findCheckers(sources, io), findKeys(io)])
  return {
    sources,
    tests,
    missing: found.filter((_, at) => working[at] === undefined).map(plainest),
    checkers,
    keys,
    hasOllama: findOnPath('ollama', io.env) !== undefined,
    isRepository: existsSync(join(workingTreeOf(io.cwd), '.git')),
  }
}

/** The command, or the one instead of it, that works here. */
async function findWorking(test: TestCommand, io: Io): Promise<TestCommand | undefined> {
  if (await isHere(test, io)) return test
  return test.instead && findWorking(test.instead, io)
}

/** Of the commands that run the same tests, the one that names most clearly what to install. */
function plainest(test: TestCommand): TestCommand {
  return test.instead ? plainest(test.instead) : test
}

/** A program on PATH may be the stand-in of a version manager that has none: it is asked for its version. */
async function isHere({ words: [program = ''], proof }: TestCommand, io: Io): Promise<boolean> {
  const [file = '', ...args] = proof ?? []
  if (proof === undefined) return isProgram(join(io.cwd, program))
  if (findOnPath(file, io.env) === undefined) return false
  const silent = () => {}
  const request = { file, args, cwd: io.cwd, env: io.env, stdout: silent, stderr: silent, timeoutMs: PROOF_TIMEOUT_MS }
  return (await runProcess(request, io)).status === 0
}

/** A line of --doctor about a checker that is installed and has the configuration that it needs. */
const INSTALLED = /^ {2}[* ] (\S+) +(?! )(?!not found)(?!.*\(it only runs with )/gm

async function findCheckers(sources: readonly string[], io: Io): Promise<string[]> {
  // Without any file it would tell of all that there are.
  if ((await listSources(sources, io.cwd, io.env)).length === 0) return []
  const operands = sources.map((source) => (source.startsWith('-') ? `./${source}` : source))
  const { stdout } = await askProgram('lr-check', ['--doctor', '--config=/dev/null', '--profile=', ...operands], io)
  return [...new Set([...stdout.matchAll(INSTALLED)].map(([, name = '']) => name))]
}

async function findKeys(io: Io): Promise<Key[]> {
  const { stdout } = await askProgram('lr-llm', ['keys', 'list', '--config=/dev/null', '--profile='], io)
  return [...stdout.matchAll(/^(\S+)\t(.+)$/gm)].map(([, provider = '', place = '']) => ({ provider, place }))
}
