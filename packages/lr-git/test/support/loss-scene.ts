import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ran, run } from '@loop-runner/test-kit'
import { AFTER } from './loss-kinds.ts'
import { KEPT, type LossRow, TRY } from './loss-rows.ts'
import { runGit } from './test-repository.ts'

export const BRANCH = 'lr/run'
/** What the second run makes of the file. */
export const FORKED = 'forked\n'

/** Runs a program in the repository of a scene. */
type Call = (
  program: string,
  args: readonly string[],
  stdin?: string,
  env?: Readonly<Record<string, string>>,
) => Promise<Ran>

/** A row, made ready up to its last command. */
export interface Scene extends Disposable {
  readonly row: LossRow
  /** Holds the folder `repository`, and what the commands write beside it. */
  readonly folder: string
  /** What the commands so far have printed. */
  readonly printed: string
  /** The arguments of the last command, and its input. */
  readonly last: { readonly args: readonly string[]; readonly input: string }
  /** Whether a version of the file was committed in the linked working tree. */
  readonly isForked: boolean
  readonly call: Call
  /** Brings the folder back to what it was before the last command, in the same place: records name it. */
  readonly restore: () => void
}

export async function makeScene(row: LossRow): Promise<Scene> {
  const parent = mkdtempSync(join(tmpdir(), 'lr-loss-'))
  const folder = join(parent, 'work')
  const template = join(parent, 'template')
  const repository = join(folder, 'repository')
  makeRepository(repository)
  row.kind.make(repository)
  const state = { XDG_STATE_HOME: join(folder, 'state') }
  const call: Call = (program, args, stdin = '', env = {}) =>
    run(program, args, { cwd: repository, stdin, env: { ...state, ...env } })
  const printed: string[] = []
  const noted: Call = async (...given) => {
    const ran = await call(...given)
    printed.push(ran.stdout, ran.stderr)
    return ran
  }
  const { last, isForked } = await prepare(row, noted)
  const copy = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true }
  cpSync(folder, template, copy)
  return {
    row,
    folder,
    printed: printed.join(''),
    last,
    isForked,
    call,
    restore: () => {
      rmSync(folder, { recursive: true, force: true })
      cpSync(template, folder, copy)
    },
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  }
}

function makeRepository(repository: string): void {
  mkdirSync(repository, { recursive: true })
  writeFileSync(join(repository, '.gitignore'), '*.ign\n')
  writeFileSync(join(repository, 'old.txt'), 'committed\n')
  runGit(repository, ['init', '-q', '-b', 'main', '--template='])
  runGit(repository, ['add', '-A'])
  runGit(repository, ['commit', '-q', '-m', 'first'])
}

/** Begins the run, applies the reply, and commits it, where that is not the last command. */
async function prepare(row: LossRow, call: Call): Promise<Pick<Scene, 'last' | 'isForked'>> {
  await begin(row, call)
  const { path } = row.kind
  const applied = await call('lr-apply', [path], `<<<< ${path} <<<<\n${AFTER}>>>>>>>>\nBecause.\n`)
  const branch = row.start === 'none' ? [] : [`--run-branch=${BRANCH}`]
  const commit = ['commit', `--engine=${row.engine}`, ...branch]
  if (row.ending[0] === 'commit') return { last: { args: commit, input: applied.stdout }, isForked: false }
  await call('lr-git', commit, applied.stdout)
  const isForked = await changeElsewhere(row, call)
  return { last: { args: [...row.ending, `--engine=${row.engine}`], input: '' }, isForked }
}

async function begin(row: LossRow, call: Call): Promise<void> {
  if (row.start === 'none') return
  const how = [`--engine=${row.engine}`, ...(row.kind.isDirty ? ['--dirty=carry'] : [])]
  const asLoop = row.start === 'loop'
  const args = ['start', ...(asLoop ? ['--at-first-commit'] : []), ...how, BRANCH]
  await call('lr-git', args, '', asLoop ? { LR_SOURCES: row.kind.path } : {})
}

/** Changes the file in a linked working tree, for what ends one. @returns whether it was committed there */
async function changeElsewhere(row: LossRow, call: Call): Promise<boolean> {
  const [command] = row.ending
  if (command !== 'drop' && command !== 'take') return false
  const { path } = row.kind
  await call('lr-git', ['fork', TRY])
  await call('lr-git', ['start', '-C', TRY, 'lr/try'])
  const applied = await call('lr-apply', ['-C', TRY, path], `<<<< ${path} <<<<\n${FORKED}>>>>>>>>\nMore.\n`)
  const { stdout } = await call('lr-git', ['commit', '-C', TRY], applied.stdout)
  if (command === 'take') await call('lr-git', ['drop', '--save', KEPT, TRY])
  // A reply that is refused has its commit for FIXES.md alone. What git ignores is not in a bundle, as drop says.
  const isCommitted = applied.stdout.includes('<<<< changed <<<<') && stdout.includes('<<<< commit <<<<')
  return isCommitted && row.kind.name !== 'ignored'
}
