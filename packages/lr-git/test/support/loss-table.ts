import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digestFolder } from './digest-folder.ts'
import type { Fault } from './faults.ts'
import { findLosses } from './find-losses.ts'
import { type LossRow, nameOf } from './loss-rows.ts'
import { makeScene, type Scene } from './loss-scene.ts'
import { runGit } from './test-repository.ts'
import { waitForChildren } from './wait-for-children.ts'

const SHIM = fileURLToPath(new URL('../../../../scripts/sweep/git-fault-shim.cjs', import.meta.url))
const NO_FAULT: Fault = { at: 0, kind: 'none' }

/** What a sweep comes to. */
export interface LossTotals {
  readonly rows: number
  readonly kills: number
  /** What the kills left, each once a row. */
  readonly states: number
  readonly losses: readonly string[]
  readonly line: string
}

/**
 * Tries rows, each also with kills in its last command.
 *
 * @param share of how many kills are tried: of every n-th; 0: none
 */
export async function sweepLosses(rows: readonly LossRow[], share: number, jobs: number): Promise<LossTotals> {
  const losses: string[] = []
  const count = { calls: 0, kills: 0, states: 0 }
  const waiting = [...rows.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, row] = next
      using scene = await makeScene(row)
      const whole = await tryLast(scene, NO_FAULT)
      losses.push(...whole.lost)
      count.calls += whole.calls.length
      const seen = new Set<string>()
      const kills = killsOf(whole.calls).filter((_, index) => share > 0 && (index + number) % share === 0)
      for (const kill of kills) losses.push(...(await tryLast(scene, kill, seen)).lost)
      count.kills += kills.length
      count.states += 1 + seen.size
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  const { calls, kills, states } = count
  const line = `lr-git: ${rows.length} rows of files before a reply, ${kills} kills at ${calls} calls, ${states} states after them, ${losses.length} losses`
  return { rows: rows.length, kills, states, losses, line }
}

const READS = new Set(['access', 'lstat', 'readFile', 'readdir', 'readlink', 'stat'])

/**
 * A kill before each call, except where the call before it only reads: that leaves what a kill before the read leaves. A git
 * process may go on when its parent is killed, so a kill comes after each start of one, too.
 */
function killsOf(calls: readonly string[]): Fault[] {
  return calls.flatMap((call, index) => [
    ...(READS.has(calls[index - 1] ?? '') ? [] : [{ at: index + 1, kind: 'kill' }]),
    ...(call === 'spawn' || index === calls.length - 1 ? [{ at: index + 1, kind: 'kill-after' }] : []),
  ])
}

/**
 * Runs the last command of a scene, and once more if it was killed.
 *
 * @param seen digests of what kills have left in this scene; what is among them is not looked at again
 * @returns what is lost after it, and which calls the command made
 */
async function tryLast(
  scene: Scene,
  fault: Fault,
  seen = new Set<string>(),
): Promise<{ lost: readonly string[]; calls: readonly string[] }> {
  const { row, call, last } = scene
  scene.restore()
  const { printed, log } = await runWithFault(scene, fault)
  const calls = [...log.matchAll(/^call (\w+)$/gm)].map(([, name = '']) => name)
  const output = [scene.printed, printed]
  if (fault !== NO_FAULT) {
    const digest = digestOf(scene, printed)
    if (seen.has(digest)) return { lost: [], calls }
    seen.add(digest)
    const again = await call('lr-git', last.args, last.input)
    output.push(again.stdout, again.stderr)
  }
  // Outside of a run that is the command which brings an ignored file back.
  if (row.start === 'none' && row.kind.name === 'ignored') {
    const undone = await call('lr-apply', ['--undo'])
    output.push(undone.stdout, undone.stderr)
  }
  const where =
    fault === NO_FAULT ? '' : `, ${fault.kind} at call ${fault.at} (${calls[fault.at - 1]}) of its last command`
  const all = output.join('')
  return { lost: findLosses(scene, all).map((loss) => `${nameOf(row)}${where}: ${loss}\n${all}`), calls }
}

async function runWithFault({ folder, call, last }: Scene, fault: Fault): Promise<{ printed: string; log: string }> {
  const path = join(folder, '..', 'log')
  writeFileSync(path, '')
  const env = { LR_FAULT: JSON.stringify({ root: folder, log: path, ...fault }), NODE_OPTIONS: `--require=${SHIM}` }
  const { stdout, stderr } = await call('lr-git', last.args, last.input, env)
  const log = readFileSync(path, 'utf8')
  await waitForChildren(log)
  return { printed: `${stdout}${stderr}`, log }
}

/** The files, the index without the times and inodes in it, and what was printed. */
function digestOf({ folder }: Scene, printed: string): string {
  const index = runGit(join(folder, 'repository'), ['ls-files', '--stage'])
  return createHash('sha256')
    .update(`${digestFolder(folder, /^repository\/\.git\/index$/)}\0${index}\0${printed}`)
    .digest('hex')
}
