import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'

/** Where a repository lies. All paths are real and absolute. */
export interface Repository {
  /** The top of the working tree. */
  readonly root: string
  /** What belongs to this working tree: HEAD, the index, the states of merges. */
  readonly gitDir: string
  /** What linked working trees share: objects, branches, configuration. */
  readonly commonDir: string
  /** The working directory relative to the root; empty at the root. */
  readonly prefix: string
}

/** Variables that name another repository than the one found: obeying half of them would be worse than none. */
const REDIRECTING = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
]

/**
 * The repository that holds `cwd`, found by reading files only.
 *
 * @throws CommandError (3) if there is no repository, if it has no working tree, or if a variable names another one
 */
export function findRepository(cwd: string, env: NodeJS.ProcessEnv): Repository {
  const named = REDIRECTING.find((name) => env[name])
  if (named !== undefined) {
    throw new CommandError(ExitStatus.Failed, `environment: ${named} is set, but lr-git does not support it (unset it)`)
  }
  const start = realpathSync(cwd)
  for (let folder = start; ; folder = dirname(folder)) {
    const gitDir = readGitDir(join(folder, '.git'))
    if (gitDir !== undefined) {
      return { root: folder, gitDir, commonDir: readCommonDir(gitDir), prefix: relative(folder, start) }
    }
    if (isGitDir(folder)) throw bare(folder)
    if (dirname(folder) === folder) break
  }
  throw new CommandError(ExitStatus.Failed, `${cwd}: not a git repository (run 'git init' there)`)
}

function bare(folder: string): CommandError {
  return new CommandError(
    ExitStatus.Failed,
    `${folder}: a git folder without a working tree (run in a working tree, or create one with git worktree add)`,
  )
}

/** Follows a `.git`: the folder itself, or the one that a file of that name points to. */
function readGitDir(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  // For git, too, a pipe or a device is no `.git`; to read it might have no end.
  if (!stat || !(stat.isFile() || stat.isDirectory())) return undefined
  if (stat.isDirectory()) return isGitDir(path) ? realpathSync(path) : undefined
  const target = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1]
  const folder = target === undefined ? undefined : resolve(dirname(path), target)
  if (folder === undefined || !isGitDir(folder)) {
    throw new CommandError(
      ExitStatus.Failed,
      `${path}: does not point to a git folder (git worktree repair may fix it)`,
    )
  }
  return realpathSync(folder)
}

function isGitDir(folder: string): boolean {
  const has = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false }) !== undefined
  return has('HEAD') && ((has('objects') && has('refs')) || has('commondir'))
}

function readCommonDir(gitDir: string): string {
  const file = join(gitDir, 'commondir')
  if (!statSync(file, { throwIfNoEntry: false })) return gitDir
  return realpathSync(resolve(gitDir, readFileSync(file, 'utf8').trim()))
}
