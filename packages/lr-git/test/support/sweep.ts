import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bareEnvironment, BIN } from '@loop-runner/test-kit'
import { digestFolder } from './digest-folder.ts'
import { type Fault, faultsOf } from './faults.ts'
import { type Ended, type Scenario, SCENARIOS } from './scenarios.ts'
import { runGit } from './test-repository.ts'
import { waitForChildren } from './wait-for-children.ts'

/** One fault, and what is wrong after it; nothing is where all is well. */
export interface Finding {
  readonly fault: string
  readonly wrong: readonly string[]
}

const SHIM = fileURLToPath(new URL('../../../../scripts/sweep/git-fault-shim.cjs', import.meta.url))
const DATE = { GIT_AUTHOR_DATE: '1767225600 +0000', GIT_COMMITTER_DATE: '1767225600 +0000' }

/** A scenario made ready, and what it comes to when nothing goes wrong. */
export interface Ready {
  readonly scenario: Scenario
  readonly engine: string
  /** A folder with the repository `repository`. */
  readonly folder: string
  /** The names of its calls, in their order. */
  readonly calls: readonly string[]
  readonly before: string
  readonly after: string
  /** Digests of what faults have left that is in order. */
  readonly inOrder: Set<string>
}

/** What a sweep comes to. */
export interface Totals {
  readonly tried: number
  readonly findings: readonly Finding[]
  readonly line: string
}

/**
 * Tries faults in every scenario on both engines.
 *
 * @param share of how many calls the faults are tried: of every n-th. Those of one call often leave the same, which is
 *   looked at once
 */
export async function sweep(share: number, jobs: number): Promise<Totals> {
  const findings: Finding[] = []
  const count = { faults: 0, calls: 0, tried: 0, states: 0 }
  for (const engine of ['git', 'native']) {
    for (const scenario of SCENARIOS) {
      const ready = await prepareScenario(scenario, engine)
      const faults = faultsOf(ready.calls)
      const chosen = faults.filter(({ at }) => (count.calls + at) % share === 0).values()
      count.faults += faults.length
      count.calls += ready.calls.length
      const work = async () => {
        for (const fault of chosen) {
          const finding = await tryFault(ready, fault)
          count.tried++
          if (finding.wrong.length > 0) findings.push(finding)
        }
      }
      await Promise.all(Array.from({ length: jobs }, work))
      count.states += ready.inOrder.size
      if (findings.length === 0) rmSync(ready.folder, { recursive: true })
    }
  }
  const { faults, calls, tried, states } = count
  const line = `lr-git: ${tried} of ${faults} faults at ${calls} calls, ${states} states after them, ${findings.length} wrong`
  return { tried, findings, line }
}

/** Makes a scenario ready and counts its calls. */
export async function prepareScenario(scenario: Scenario, engine: string): Promise<Ready> {
  const folder = mkdtempSync(join(tmpdir(), 'lr-sweep-'))
  const path = join(folder, 'repository')
  mkdirSync(join(path, 'src'), { recursive: true })
  writeFileSync(join(path, 'a.py'), 'a\n')
  writeFileSync(join(path, 'src/b.py'), 'b\n')
  runGit(path, ['init', '-q', '-b', 'main', '--template='])
  runGit(path, ['add', '-A'])
  runGit(path, ['commit', '-q', '-m', 'first'])
  const call = (args: readonly string[], stdin = '') => callLrGit(path, [...args, `--engine=${engine}`], stdin)
  await call(['start', 'lr/run'])
  await scenario.prepare(path, call)
  const before = stateOf(path)
  const copy = join(folder, 'counted')
  cpSync(path, copy, { recursive: true })
  const { log } = await callWithFault(copy, { scenario, engine, folder }, 0, 'none')
  const ready = {
    scenario,
    engine,
    folder,
    calls: [...log.matchAll(/^call (\w+)$/gm)].map(([, call = '']) => call),
    before,
    after: stateOf(copy),
    inOrder: new Set<string>(),
  }
  rmSync(copy, { recursive: true })
  return ready
}

/**
 * Runs a scenario with a fault, looks at what is left, and tries again as a user would: after a `git status`, which may
 * write the index. What another fault has left before is not tried again.
 */
export async function tryFault(ready: Ready, { at, kind }: Fault): Promise<Finding> {
  const { scenario, engine, folder, before, after, inOrder } = ready
  const fault = `${engine} ${scenario.name}: ${kind} at call ${at} of ${ready.calls.length} (${ready.calls[at - 1]})`
  const path = join(folder, `at-${at}-${kind}`)
  cpSync(join(folder, 'repository'), path, { recursive: true, preserveTimestamps: true })
  const wrong: string[] = []
  const { ended, log } = await callWithFault(path, ready, at, kind)
  await waitForChildren(log)
  // 2 is a configuration file that could not be read.
  if (![0, 1, 2, 3, 4, 137].includes(ended.status)) wrong.push(`status ${ended.status}: ${ended.stderr}`)
  if (/\n\s+at /.test(ended.stderr)) wrong.push(`a stack: ${ended.stderr}`)
  const digest = digestFolder(path)
  if (wrong.length === 0 && inOrder.has(digest)) {
    rmSync(path, { recursive: true })
    return { fault, wrong }
  }
  wrong.push(...findDamage(path))
  const head = headOf(path)
  if (![before, after].some((state) => state.startsWith(`${head}\n`))) wrong.push(`HEAD is ${head}`)
  runGit(path, ['status', '--porcelain'])
  const again = await tryAgain(path, ready, kind)
  // Where the first call had come to its end, there is nothing left to do.
  if (again.status !== 0 && stateOf(path) !== after) wrong.push(`the retry ended ${again.status}: ${again.stderr}`)
  if (stateOf(path) !== after && !isDoneTwice(scenario, ended))
    wrong.push(`the retry left ${stateOf(path)} for ${after}`)
  wrong.push(...findDamage(path), ...findLeftovers(path))
  if (wrong.length > 0) return { fault: `${fault}, kept in ${path}`, wrong }
  rmSync(path, { recursive: true })
  inOrder.add(digest)
  return { fault, wrong }
}

/** A git that is killed may leave an empty lock; only a person can tell that its process is gone. */
async function tryAgain(path: string, { scenario, engine }: Ready, kind: string): Promise<Ended> {
  const args = [...scenario.args, `--engine=${engine}`, '--lock-timeout=2s']
  const ended = await callLrGit(path, args, scenario.stdin)
  const lock = /'(\S+\.lock)': File exists.*if no git runs, remove that file/.exec(ended.stderr)?.[1]
  if (kind !== 'kill-child' || ended.status !== 4 || lock === undefined || readFileSync(lock).length > 0) return ended
  rmSync(lock)
  return callLrGit(path, args, scenario.stdin)
}

/** An undo that had come to its end before the fault is followed by another one. */
function isDoneTwice(scenario: Scenario, ended: Ended): boolean {
  return scenario.name === 'undo' && ended.status !== 0
}

async function callWithFault(
  path: string,
  { scenario, engine, folder }: Pick<Ready, 'scenario' | 'engine' | 'folder'>,
  at: number,
  kind: string,
): Promise<{ ended: Ended; log: string }> {
  const log = join(folder, `log-${at}-${kind}`)
  writeFileSync(log, '')
  const fault = JSON.stringify({ root: path, at, kind, log })
  const args = [...scenario.args, `--engine=${engine}`]
  const ended = await callLrGit(path, args, scenario.stdin, { LR_FAULT: fault, NODE_OPTIONS: `--require=${SHIM}` })
  return { ended, log: readFileSync(log, 'utf8') }
}

function callLrGit(
  cwd: string,
  args: readonly string[],
  stdin: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...bareEnvironment(), ...DATE, ...env }, encoding: 'utf8' } as const
    const child = execFile(join(BIN, 'lr-git'), args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 137
      resolve({ status, stdout, stderr })
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(stdin)
  })
}

/** HEAD, branches, index, and the files of the working tree. */
function stateOf(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(path, '.git')))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const contents = files.map((file) => `${file.slice(path.length)}: ${readFileSync(file, 'utf8')}`)
  return [headOf(path), ...refsOf(path), runGit(path, ['ls-files', '-s']), ...contents].join('\n')
}

function headOf(path: string): string {
  const head = readFileSync(join(path, '.git/HEAD'), 'utf8').trim()
  return `${head} ${refsOf(path).find((line) => line.startsWith(`${head.replace('ref: ', '')} `)) ?? ''}`
}

function refsOf(path: string): string[] {
  const refs = join(path, '.git/refs')
  const files = readdirSync(refs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !file.endsWith('.lock'))
  return paths.map((file) => `refs${file.slice(refs.length)} ${readFileSync(file, 'utf8').trim()}`).sort()
}

function findDamage(path: string): string[] {
  try {
    const found = runGit(path, ['fsck', '--strict', '--no-dangling', '--no-progress'])
    return found === '' ? [] : [`fsck: ${found}`]
  } catch (error) {
    return [`fsck: ${String(error)}`]
  }
}

function findLeftovers(path: string): string[] {
  const kept = [
    'index.lock',
    'HEAD.lock',
    'lr/journal',
    'lr/index',
    'lr/file-0',
    'refs/heads/lr/run.lock',
    'refs/heads/main.lock',
  ]
  return kept.filter((name) => existsSync(join(path, '.git', name))).map((name) => `left over: ${name}`)
}
