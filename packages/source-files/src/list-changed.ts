import { CommandError, ExitStatus, type GitRequest, UsageError, withoutFilters } from '@loop-runner/cli-kit'
import { listNames } from './list-names.ts'

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
  const place = { cwd, env }
  if ((await listNames({ ...place, args: ['rev-parse', '--git-dir'] })).status !== 0) {
    throw new CommandError(ExitStatus.Failed, 'changed files can only be listed in a git repository')
  }
  if ('staged' in since) return (await readNames({ ...place, args: [...DIFF, '--cached', '--', '.'] })).sort()
  const { revision } = since
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  if ((await listNames({ ...place, args: verify })).status !== 0) throw new UsageError(`${revision}: no such revision`)
  const settings = withoutFilters(await findFilters(place))
  const tracked = await readNames({ ...place, settings, args: [...DIFF, '--end-of-options', revision, '--', '.'] })
  const untracked = await readNames({ ...place, args: ['ls-files', '-z', '--others', '--exclude-standard', '--', '.'] })
  return [...new Set([...tracked, ...untracked])].filter((name) => !name.endsWith('/')).sort()
}

async function readNames(request: GitRequest): Promise<string[]> {
  const { status, names } = await listNames(request)
  if (status !== 0) throw new CommandError(ExitStatus.Failed, `git cannot list the changes (exit code ${status})`)
  return names
}

/**
 * The filter programs that the configuration defines. To compare a file that was touched, git would run them; without
 * them a filtered file is compared as it is in the working tree, so it may count as changed.
 */
async function findFilters(place: Pick<GitRequest, 'cwd' | 'env'>): Promise<string[]> {
  const { names } = await listNames({ ...place, args: ['config', '-z', '--name-only', '--get-regexp', '^filter\\.'] })
  return [...new Set(names.map((name) => name.slice('filter.'.length, name.lastIndexOf('.'))))]
}
