import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ran, run } from '@loop-runner/test-kit'
import { AFTER, BEFORE } from './loss-kinds.ts'
import { KEPT, type LossRow, nameOf, TRY } from './loss-rows.ts'
import { runGit } from './test-repository.ts'

const SHIM = fileURLToPath(new URL('../../../../scripts/sweep/git-fault-shim.cjs', import.meta.url))
const BRANCH = 'lr/run'
/** What the second run makes of it. */
const FORKED = 'forked\n'

/** What a sweep comes to. */
export interface LossTotals {
  readonly rows: number
  readonly kills: number
  readonly losses: readonly string[]
  readonly line: string
}

/**
 * Tries rows, each also with a kill at calls of its last command.
 *
 * @param share of how many calls a kill is tried at: of every n-th; 0: none
 */
export async function sweepLosses(rows: readonly LossRow[], share: number, jobs: number): Promise<LossTotals> {
  const losses: string[] = []
  let kills = 0
  const waiting = [...rows.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, row] = next
      using scene = makeScene(row)
      const { lost, calls } = await tryRow(scene, 0)
      losses.push(...lost)
      for (const at of placesOf(calls, share, number)) {
        kills++
        losses.push(...(await tryRow(scene, at)).lost)
      }
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  const line = `lr-git: ${rows.length} rows of files before a reply, ${kills} kills, ${losses.length} losses`
  return { rows: rows.length, kills, losses, line }
}

/** Every n-th of so many calls, from another one on in each row. */
function placesOf(calls: number, share: number, row: number): readonly number[] {
  if (share === 0) return []
  return Array.from({ length: calls }, (_, index) => index + 1).filter((at) => (at + row) % share === 0)
}

/** A row made ready: the same folder each time, for the journal of lr-apply knows a tree by its path. */
interface Scene extends Disposable {
  readonly row: LossRow
  readonly folder: string
  /** Runs a program in it. */
  readonly call: (
    program: string,
    args: readonly string[],
    stdin?: string,
    env?: Record<string, string>,
  ) => Promise<Ran>
}

function makeScene(row: LossRow): Scene {
  const parent = mkdtempSync(join(tmpdir(), 'lr-loss-'))
  const folder = join(parent, 'work')
  const repository = join(folder, 'repository')
  mkdirSync(repository, { recursive: true })
  writeFileSync(join(repository, '.gitignore'), '*.ign\n')
  writeFileSync(join(repository, 'old.txt'), 'committed\n')
  runGit(repository, ['init', '-q', '-b', 'main', '--template='])
  runGit(repository, ['add', '-A'])
  runGit(repository, ['commit', '-q', '-m', 'first'])
  row.kind.make(repository)
  cpSync(folder, join(parent, 'template'), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  const state = { XDG_STATE_HOME: join(folder, 'state') }
  return {
    row,
    folder,
    call: (program, args, stdin = '', env = {}) =>
      run(program, args, { cwd: repository, stdin, env: { ...state, ...env } }),
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  }
}

/**
 * @param at the call of the last command at which it is killed, from 1; 0: it is not
 * @returns what is lost after it, and how many calls the last command makes
 */
async function tryRow(scene: Scene, at: number): Promise<{ lost: readonly string[]; calls: number }> {
  const { folder, row } = scene
  const template = join(folder, '..', 'template')
  rmSync(folder, { recursive: true, force: true })
  cpSync(template, folder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  const printed: string[] = []
  const note = (ran: Ran) => {
    printed.push(ran.stdout, ran.stderr)
    return ran
  }
  await begin(scene, note)
  const { path } = row.kind
  const reply = `<<<< ${path} <<<<\n${AFTER}>>>>>>>>\nBecause.\n`
  const applied = note(await scene.call('lr-apply', [path], reply))
  const branch = row.start === 'none' ? [] : [`--run-branch=${BRANCH}`]
  const commit = ['commit', `--engine=${row.engine}`, ...branch]
  const isCommit = row.ending[0] === 'commit'
  if (!isCommit) note(await scene.call('lr-git', commit, applied.stdout))
  const isForked = await changeElsewhere(scene, note)
  const last = isCommit ? commit : [...row.ending, `--engine=${row.engine}`]
  const calls = await runLast(scene, last, isCommit ? applied.stdout : '', at, note)
  // Outside of a run that is the command which brings an ignored file back.
  if (row.start === 'none' && row.kind.name === 'ignored') note(await scene.call('lr-apply', ['--undo']))
  const lost = findLosses(scene, printed.join(''))
  if (isForked && !holdsForked(scene)) lost.push('the bytes of the linked tree are nowhere')
  const where = at === 0 ? '' : `, killed at call ${at} of its last command`
  return { lost: lost.map((loss) => `${nameOf(row)}${where}: ${loss}\n${printed.join('')}`), calls }
}

/** Runs the last command, and once more if it was killed. @returns how many calls it made */
async function runLast(
  { folder, call }: Scene,
  last: readonly string[],
  input: string,
  at: number,
  note: (ran: Ran) => Ran,
): Promise<number> {
  const log = join(folder, '..', 'log')
  writeFileSync(log, '')
  const fault = JSON.stringify({ root: folder, at, kind: at === 0 ? 'none' : 'kill', log })
  note(await call('lr-git', last, input, { LR_FAULT: fault, NODE_OPTIONS: `--require=${SHIM}` }))
  const seen = readFileSync(log, 'utf8')
  await waitForChildren(seen)
  if (at > 0) note(await call('lr-git', last, input))
  return seen.match(/^call /gm)?.length ?? 0
}

async function begin({ row, call }: Scene, note: (ran: Ran) => Ran): Promise<void> {
  if (row.start === 'none') return
  const how = [`--engine=${row.engine}`, ...(row.kind.isDirty ? ['--dirty=carry'] : [])]
  const asLoop = row.start === 'loop'
  const args = ['start', ...(asLoop ? ['--at-first-commit'] : []), ...how, BRANCH]
  note(await call('lr-git', args, '', asLoop ? { LR_SOURCES: row.kind.path } : {}))
}

/** Changes the file in a linked working tree, for what ends one. @returns whether a commit was made there */
async function changeElsewhere({ row, call }: Scene, note: (ran: Ran) => Ran): Promise<boolean> {
  const [command] = row.ending
  if (command !== 'drop' && command !== 'take') return false
  const { path } = row.kind
  note(await call('lr-git', ['fork', TRY]))
  note(await call('lr-git', ['start', '-C', TRY, 'lr/try']))
  const applied = note(await call('lr-apply', ['-C', TRY, path], `<<<< ${path} <<<<\n${FORKED}>>>>>>>>\nMore.\n`))
  const { stdout } = note(await call('lr-git', ['commit', '-C', TRY], applied.stdout))
  if (command === 'take') note(await call('lr-git', ['drop', '--save', KEPT, TRY]))
  // What git ignores is not in a bundle, as drop says.
  return stdout.includes('<<<< commit <<<<') && row.kind.name !== 'ignored'
}

/** Whether what was done in the linked tree is in that tree, in this one, or in the bundle. */
function holdsForked({ row, folder }: Scene): boolean {
  const repository = join(folder, 'repository')
  const files = [join(folder, 'try', row.kind.path), join(repository, row.kind.path)]
  if (files.some((file) => existsSync(file) && readFileSync(file, 'utf8') === FORKED)) return true
  const bundle = join(folder, 'kept/commits.bundle')
  if (!existsSync(bundle)) return false
  const [tip = ''] = runGit(repository, ['bundle', 'unbundle', bundle]).split(' ')
  const blob = runGit(repository, ['hash-object', '--stdin'], FORKED)
  return runGit(repository, ['rev-list', '--objects', tip, '--', row.kind.path]).includes(blob)
}

/**
 * The bytes from before have to be in the tree, in the history of a commit or branch that the output names, or in a file
 * that it names.
 */
function findLosses({ row, folder }: Scene, printed: string): string[] {
  const { kind } = row
  const repository = join(folder, 'repository')
  const file = join(repository, kind.path)
  const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const isThere = kind.isGone || now === BEFORE || isNamed(repository, kind.path, printed)
  const damage = runGit(repository, ['fsck', '--strict', '--no-dangling', '--no-progress'])
  const wrong = {
    'the bytes are nowhere': !isThere,
    'an ignored file is committed': runGit(repository, ['log', '--all', '--format=%h', '--', '*.ign']) !== '',
    'main is gone': runGit(repository, ['branch', '--list', 'main']) === '',
    [`damage: ${damage}`]: damage !== '',
    [`the tree holds ${JSON.stringify(now)}`]: bringsBack(row) && now !== (kind.isGone ? undefined : BEFORE),
    'it is not executable': bringsBack(row) && kind.name.includes('executable') && (statSync(file).mode & 0o100) === 0,
  }
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [what] : []))
}

function bringsBack({ ending: [command = ''], start }: LossRow): boolean {
  return ['abandon', 'undo', 'best'].includes(command) && start !== 'none'
}

function isNamed(repository: string, path: string, printed: string): boolean {
  const files = printed.match(/\/\S+\/[0-9a-f]{64}\b/g) ?? []
  if (files.some((file) => existsSync(file) && readFileSync(file, 'utf8') === BEFORE)) return true
  const blob = runGit(repository, ['hash-object', '--stdin'], BEFORE)
  const branches = printed.includes(BRANCH) && runGit(repository, ['branch', '--list', BRANCH]) !== '' ? [BRANCH] : []
  const hashes = (printed.match(/\b[0-9a-f]{40}\b/g) ?? []).filter((hash) => isCommit(repository, hash))
  const commits = [...branches, ...hashes]
  return commits.length > 0 && runGit(repository, ['rev-list', '--objects', ...commits, '--', path]).includes(blob)
}

function isCommit(repository: string, hash: string): boolean {
  try {
    return runGit(repository, ['cat-file', '-t', hash]) === 'commit'
  } catch {
    return false
  }
}

/** Git processes outlive a parent that is killed, and go on to their end. */
export async function waitForChildren(log: string): Promise<void> {
  const pids = [...log.matchAll(/^child (\d+)$/gm)].map(([, pid]) => pid)
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await new Promise((resolve) => setTimeout(resolve, 2))
}
