import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runGit } from './test-repository.ts'

/** The bytes that the user's file holds before a reply. */
export const BEFORE = 'before\n'
/** What a reply makes of it. */
export const AFTER = 'after\n'

/** A file as a user may have it when a reply comes. */
export interface LossKind {
  readonly name: string
  /** The file that the reply changes. */
  readonly path: string
  /** Makes it, in a repository with one commit that holds `old.txt`, and a .gitignore for `*.ign`. */
  readonly make: (repository: string) => void
  /** Whether a run must be told what to do with changes that are not committed. */
  readonly isDirty: boolean
  /** Whether the file does not exist before the reply. */
  readonly isGone?: true
}

function kind(name: string, path: string, make: LossKind['make'], more: Partial<LossKind> = {}): LossKind {
  return { name, path, make, isDirty: false, ...more }
}

function write(repository: string, path: string, content = BEFORE): string {
  const file = join(repository, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}

function commit(repository: string): void {
  runGit(repository, ['add', '-A'])
  runGit(repository, ['commit', '-q', '-m', 'more'])
}

const DIRTY = { isDirty: true }

export const LOSS_KINDS: readonly LossKind[] = [
  kind('tracked', 'a.txt', (repository) => {
    write(repository, 'a.txt')
    commit(repository)
  }),
  kind(
    'tracked and changed',
    'old.txt',
    (repository) => {
      write(repository, 'old.txt')
    },
    DIRTY,
  ),
  kind('untracked', 'new.txt', (repository) => void write(repository, 'new.txt')),
  kind('untracked in a new folder', 'sub/deep/new.txt', (repository) => void write(repository, 'sub/deep/new.txt')),
  kind('untracked and executable', 'run.sh', (repository) => chmodSync(write(repository, 'run.sh'), 0o755)),
  kind('ignored', 'a.ign', (repository) => void write(repository, 'a.ign')),
  kind(
    'staged and new',
    'staged.txt',
    (repository) => {
      write(repository, 'staged.txt')
      runGit(repository, ['add', 'staged.txt'])
    },
    DIRTY,
  ),
  kind('deleted', 'old.txt', (repository) => rmSync(join(repository, 'old.txt')), { isDirty: true, isGone: true }),
  kind(
    'renamed',
    'renamed.txt',
    (repository) => {
      write(repository, 'old.txt')
      commit(repository)
      runGit(repository, ['mv', 'old.txt', 'renamed.txt'])
    },
    DIRTY,
  ),
  kind('executable', 'tool.sh', (repository) => {
    chmodSync(write(repository, 'tool.sh'), 0o755)
    commit(repository)
  }),
  kind('a link to an untracked file', 'link', (repository) => {
    write(repository, 'target.txt')
    symlinkSync('target.txt', join(repository, 'link'))
  }),
]
