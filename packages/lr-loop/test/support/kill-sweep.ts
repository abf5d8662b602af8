import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { stopMarked } from '@loop-runner/cli-kit'
import { bareEnvironment, bash, BIN, run, tempFolder } from '@loop-runner/test-kit'

const FILES = {
  'tree/a.txt': 'zero\n',
  'replies/1.txt': '<<<< a.txt <<<<\none\n>>>>>>>>\nFirst.\n',
  'replies/2.txt': '<<<< a.txt <<<<\ntwo\n>>>>>>>>\nSecond.\n',
}
const LLM = `echo $LR_ITERATION >> "$LR_RUN_DIR/calls"; lr-llm --usage -m replay:../replies`
const LOOP = ['--run-dir', '../run', '--llm', LLM, 'a.txt', '--', 'grep', '-q', 'two', 'a.txt']

/** A killed run that did not end as an undisturbed one does. */
export interface Finding {
  readonly afterMs: number
  readonly whole: boolean
  readonly wrong: string[]
}

/**
 * Kills loops of two replies at random instants, every other one with all its children, goes on with each, and compares the
 * end with that of an undisturbed run: same files, same commits, and no second call for a reply that was there.
 *
 * @param count how many are killed
 */
export async function killSweep(count: number): Promise<{ findings: Finding[]; line: string }> {
  const { durationMs, end } = await undisturbed()
  const findings: Finding[] = []
  let before = 0
  for (let index = 0; index < count; index++) {
    const afterMs = Math.random() * durationMs
    const whole = index % 2 === 1
    const { wrong, hadBegun } = await killOne(afterMs, whole, end)
    if (!hadBegun) before++
    if (wrong.length > 0) findings.push({ afterMs, whole, wrong })
  }
  const line = `${count} loops killed within ${Math.round(durationMs)} ms, half of them with their children (${before} before the run was there): ${findings.length} wrong`
  return { findings, line }
}

async function undisturbed(): Promise<{ durationMs: number; end: string }> {
  using folder = await repository()
  const tree = join(folder.path, 'tree')
  const start = performance.now()
  await run('lr-loop', LOOP, { cwd: tree })
  return { durationMs: performance.now() - start, end: await describeEnd(tree) }
}

async function repository(): Promise<ReturnType<typeof tempFolder>> {
  const folder = tempFolder(FILES)
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: join(folder.path, 'tree') })
  return folder
}

/** Files, commits and what they hold, without hashes and times. */
async function describeEnd(tree: string): Promise<string> {
  const script = `git status --porcelain; git fsck --strict --no-dangling 2>&1; git log --reverse --format='%s' main..HEAD
    for commit in $(git rev-list --reverse main..HEAD); do git show $commit:a.txt; done; cat a.txt; grep '^#' FIXES.md; ls -A`
  const { stdout } = await bash(script, { cwd: tree })
  return stdout.replaceAll(/\b[0-9a-f]{12,40}\b/g, 'HASH')
}

async function killOne(afterMs: number, whole: boolean, expected: string) {
  using folder = await repository()
  const tree = join(folder.path, 'tree')
  const runFolder = join(folder.path, 'run')
  await startAndKill(tree, afterMs)
  if (whole) await stopMarked('LR_RUN_DIR', runFolder)
  const hadBegun = existsSync(join(runFolder, 'journal.jsonl'))
  const received = repliesIn(runFolder)
  const paid = callsOf(runFolder)
  const wrong: string[] = []
  // A run that had passed before the kill is not resumed: it must have ended as an undisturbed one.
  if (!hasPassed(runFolder)) {
    const resumed = await run('lr-loop', hadBegun ? ['--resume', '../run'] : LOOP, { cwd: tree })
    if (resumed.status !== 0) wrong.push(`status ${resumed.status}: ${resumed.stderr}`)
  }
  const end = await describeEnd(tree)
  if (end !== expected) wrong.push(`ended as\n${end}instead of\n${expected}`)
  const again = new Set(callsOf(runFolder).slice(paid.length))
  for (const iteration of received) if (again.has(iteration)) wrong.push(`a second call in iteration ${iteration}`)
  return { wrong, hadBegun }
}

async function startAndKill(cwd: string, afterMs: number): Promise<void> {
  const child = spawn(join(BIN, 'lr-loop'), LOOP, { cwd, env: bareEnvironment(), stdio: 'ignore', detached: true })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await setTimeout(afterMs)
  child.kill('SIGKILL')
  await ended
}

function hasPassed(runFolder: string): boolean {
  return /"event":"end","status":0,"reason":"passed"/.test(read(join(runFolder, 'journal.jsonl')))
}

/** The iterations whose replies are there whole. */
function repliesIn(runFolder: string): string[] {
  const iterations = existsSync(runFolder) ? readdirSync(runFolder) : []
  return iterations.filter((iteration) => read(join(runFolder, iteration, 'llm.out')).includes('<<<< usage <<<<'))
}

/** The iteration of every call that was made. */
function callsOf(runFolder: string): string[] {
  return read(join(runFolder, 'calls')).split('\n').filter(Boolean)
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
