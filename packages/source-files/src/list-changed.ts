import { CommandError, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { runGit } from './run-git.ts'

/** Since when: the index against HEAD, or the working tree, with untracked files, against a revision. */
export type ChangedSince = { readonly staged: true } | { readonly revision: string }

const DIFF = [
  'diff',
  '--name-only',
  '-z',
  '--relative',
  '--no-ext-diff',
  '--no-renames',
  '--diff-filter=d',
  // Git would compare a submodule by its own configuration, whose filters are not switched off here.
  '--ignore-submodules=all',
]

/**
 * The files that have changed and are there, as paths relative to `cwd` and inside it, sorted.
 *
 * @throws CommandError (3) outside a repository, UsageError for a revision that there is not
 */
export async function listChanged(since: ChangedSince, cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  if ((await runGit(['rev-parse', '--git-dir'], cwd, env)).status !== 0) {
    throw new CommandError(ExitStatus.Failed, 'what has changed is only known in a git repository')
  }
  if ('staged' in since) return (await readNames([...DIFF, '--cached', '--', '.'], cwd, env)).sort()
  const { revision } = since
  const known = await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], cwd, env)
  if (known.status !== 0) throw new UsageError(`${revision}: no such revision`)
  const withoutFilters = await switchOffFilters(cwd, env)
  const tracked = await readNames([...withoutFilters, ...DIFF, '--end-of-options', revision, '--', '.'], cwd, env)
  const untracked = await readNames(['ls-files', '-z', '--others', '--exclude-standard', '--', '.'], cwd, env)
  return [...new Set([...tracked, ...untracked])].filter((name) => !name.endsWith('/')).sort()
}

async function readNames(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { status, names } = await runGit(args, cwd, env)
  if (status !== 0)
    throw new CommandError(ExitStatus.Failed, `git cannot list the changes (exit code ${status ?? 'unknown'})`)
  return names
}

/**
 * Options by which git runs none of the filter programs that the configuration defines: to compare a file that was
 * touched, it would run them. A filtered file is compared as it is in the working tree, so it may count as changed.
 *
 * @throws CommandError (3) for a filter whose name cannot be given in an option
 */
async function switchOffFilters(cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { names } = await runGit(['config', '-z', '--name-only', '--get-regexp', '^filter\\.'], cwd, env)
  const filters = new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))))
  return [...filters].flatMap((filter) => {
    if (filter.includes('='))
      throw new CommandError(ExitStatus.Failed, `${filter}: cannot be switched off (rename it without "=")`)
    return ['-c', `${filter}.clean=`, '-c', `${filter}.process=`, '-c', `${filter}.required=false`]
  })
}
