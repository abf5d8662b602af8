import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ran, run } from '@loop-runner/test-kit'
import { AFTER, BEFORE, LOSS_KINDS, type LossKind } from './loss-kinds.ts'
import { runGit } from './test-repository.ts'

const SHIM = fileURLToPath(new URL('../../../../scripts/git-fault-shim.cjs', import.meta.url))
const BRANCH = 'lr/run'

/** How a run begins: as lr-loop begins it, by hand, or not at all. */
const STARTS = ['loop', 'hand', 'none'] as const
/** What is done after the reply; `commit` is all that is possible without a run. */
const ENDINGS: readonly (readonly string[])[] = [
  ['commit'],
  ['abandon'],
  ['undo'],
  ['best'],
  ['finish'],
  ['finish', '--squash'],
]

/** A row: a file of a kind, changed by a reply, and what is done then. */
export interface LossRow {
  readonly kind: LossKind
  readonly start: (typeof STARTS)[number]
  readonly ending: readonly string[]
  readonly engine: 'git' | 'native'
}

export const LOSS_ROWS: readonly LossRow[] = (['git', 'native'] as const).flatMap((engine) =>
  LOSS_KINDS.flatMap((kind) =>
    STARTS.flatMap((start) =>
      ENDINGS.filter(([command]) => start !== 'none' || command === 'commit').map((ending) => ({
        kind,
        start,
        ending,
        engine,
      })),
    ),
  ),
)

export function nameOf({ kind, start, ending, engine }: LossRow): string {
  return `${kind.name}, started by ${start}, ${ending.join(' ')}, ${engine}`
}

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
  const last = isCommit ? commit : [...row.ending, `--engine=${row.engine}`]
  const input = isCommit ? applied.stdout : ''
  const log = join(folder, '..', 'log')
  writeFileSync(log, '')
  const fault = JSON.stringify({ root: folder, at, kind: at === 0 ? 'none' : 'kill', log })
  note(await scene.call('lr-git', last, input, { LR_FAULT: fault, NODE_OPTIONS: `--require=${SHIM}` }))
  const calls = readFileSync(log, 'utf8').match(/^call /gm)?.length ?? 0
  await waitForChildren(readFileSync(log, 'utf8'))
  if (at > 0) note(await scene.call('lr-git', last, input))
  // Outside of a run that is the command which brings an ignored file back.
  if (row.start === 'none' && row.kind.name === 'ignored') note(await scene.call('lr-apply', ['--undo']))
  const lost = findLosses(scene, printed.join(''))
  const where = at === 0 ? '' : `, killed at call ${at} of its last command`
  return { lost: lost.map((loss) => `${nameOf(row)}${where}: ${loss}\n${printed.join('')}`), calls }
}

async function begin({ row, call }: Scene, note: (ran: Ran) => Ran): Promise<void> {
  if (row.start === 'none') return
  const how = [`--engine=${row.engine}`, ...(row.kind.isDirty ? ['--dirty=carry'] : [])]
  const asLoop = row.start === 'loop'
  const args = ['start', ...(asLoop ? ['--at-first-commit'] : []), ...how, BRANCH]
  note(await call('lr-git', args, '', asLoop ? { LR_SOURCES: row.kind.path } : {}))
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
