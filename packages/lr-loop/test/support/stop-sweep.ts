import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { bareEnvironment, bash, BIN, run, tempFolder } from '@loop-runner/test-kit'

/** The number in a.txt is the score; 1 passes. It gets better, worse, and passes with the fourth reply. */
const CHECK = ['--', 'sh', '-c', 'n=$(cat a.txt); echo "score: $n"; [ "$n" = 1 ]']
const LLM = `echo $LR_ITERATION >> "$LR_RUN_DIR/calls"
set -- 0.5 0.2 0.4 1; shift $((LR_ITERATION - 1)); echo $1 | lr-blocks wrap a.txt; printf '<<<< usage <<<<\\n{}\\n>>>>>>>>\\n'`
const WAYS = ['SIGTERM', 'SIGHUP', 'SIGINT', 'deadline'] as const
type Way = (typeof WAYS)[number]

/** A stopped run that did not leave its best state, or could not be resumed. */
export interface StopFinding {
  readonly afterMs: number
  readonly way: Way
  readonly git: boolean
  readonly wrong: string[]
}

/**
 * Stops loops at random instants, by signals and by deadlines, with git and without. Each has to leave its best state, a
 * whole tree, and a run that passes when it is resumed, without a second request for a reply that was there.
 */
export async function stopSweep(count: number): Promise<{ findings: StopFinding[]; line: string }> {
  const durationMs = await undisturbed()
  const findings: StopFinding[] = []
  for (let index = 0; index < count; index++) {
    const way = WAYS[index % WAYS.length] ?? 'SIGTERM'
    const git = Math.floor(index / WAYS.length) % 2 === 0
    const afterMs = Math.random() * durationMs
    const wrong = await stopOne(way, git, afterMs)
    if (wrong.length > 0) findings.push({ afterMs, way, git, wrong })
  }
  return { findings, line: `${count} loops stopped within ${Math.round(durationMs)} ms: ${findings.length} wrong` }
}

async function undisturbed(): Promise<number> {
  using folder = await repository()
  const start = performance.now()
  await run('lr-loop', options(true), { cwd: join(folder.path, 'tree') })
  return performance.now() - start
}

async function repository(): Promise<ReturnType<typeof tempFolder>> {
  const folder = tempFolder({ 'tree/a.txt': '0.1\n' })
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: join(folder.path, 'tree') })
  return folder
}

function options(git: boolean, ...more: string[]): string[] {
  return [...(git ? [] : ['--no-git']), '--run-dir=../run', `--llm=${LLM}`, ...more, 'a.txt', ...CHECK]
}

async function stopOne(way: Way, git: boolean, afterMs: number): Promise<string[]> {
  using folder = await repository()
  const tree = join(folder.path, 'tree')
  const runFolder = join(folder.path, 'run')
  const deadline = way === 'deadline' ? [`--deadline=${Math.max(1, Math.round(afterMs))}ms`] : []
  await startAndStop(tree, options(git, ...deadline), way === 'deadline' ? undefined : { signal: way, afterMs })
  const wrong: string[] = []
  const best = Math.max(0.1, ...scoresIn(runFolder))
  const left = read(join(tree, 'a.txt')).trim()
  if (Number(left) !== best) wrong.push(`left ${left}, and its best score was ${best}`)
  const { stdout } = await bash('git fsck --strict --no-dangling 2>&1; git status --porcelain', { cwd: tree })
  if (git && stdout !== '') wrong.push(stdout)
  const calls = callsOf(runFolder)
  const isBegun = existsSync(join(runFolder, 'journal.jsonl'))
  if (scoresIn(runFolder).includes(1)) return wrong
  const again = isBegun ? ['--resume', ...(deadline.length > 0 ? ['--deadline=1h'] : []), '../run'] : options(git)
  const resumed = await run('lr-loop', again, { cwd: tree })
  if (resumed.status !== 0 || read(join(tree, 'a.txt')).trim() !== '1') {
    wrong.push(`resumed: exit code ${resumed.status}: ${resumed.stderr}`)
  }
  const repeated = callsOf(runFolder)
    .slice(calls.length)
    .filter((call) => calls.slice(0, -1).includes(call))
  if (repeated.length > 0) wrong.push(`a second request in iteration ${repeated.join(', ')}`)
  return wrong
}

async function startAndStop(
  cwd: string,
  args: readonly string[],
  stop: { readonly signal: NodeJS.Signals; readonly afterMs: number } | undefined,
): Promise<void> {
  const child = spawn(join(BIN, 'lr-loop'), args, { cwd, env: bareEnvironment(), stdio: 'ignore', detached: true })
  const ended = new Promise((resolve) => child.once('close', resolve))
  if (stop !== undefined) {
    await setTimeout(stop.afterMs)
    child.kill(stop.signal)
  }
  await ended
}

/** The scores of the checks that were recorded. */
function scoresIn(runFolder: string): number[] {
  const events = read(join(runFolder, 'journal.jsonl')).split('\n').filter(Boolean)
  return events
    .map((line) => JSON.parse(line) as { event: string; score?: number })
    .flatMap(({ event, score }) => {
      return event === 'checked' && score !== undefined ? [score] : []
    })
}

function callsOf(runFolder: string): string[] {
  return read(join(runFolder, 'calls')).split('\n').filter(Boolean)
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
