import { readdirSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { isThere } from '../transaction/if-there.ts'
import type { Repository } from '../repository/find-repository.ts'
import { type GitConfig, readBoolean } from '../repository/git-config.ts'

/** Extensions of a repository's format that change nothing for us. */
const HARMLESS = new Set(['noop', 'preciousobjects', 'worktreeconfig'])
/** Node reads no file beyond it in one piece, and isomorphic-git reads packs so. */
const LARGEST_PACK = 2 ** 31 - 1

/**
 * Whether native fully understands a repository, by reading files only.
 *
 * @throws CommandError (3) naming what it does not understand
 */
export function probeRepository(repository: Repository, config: GitConfig): void {
  const { root, gitDir, commonDir } = repository
  const reason =
    (gitDir === commonDir ? undefined : 'a linked working tree') ??
    refuseFormat(config) ??
    refuseWorktree(root, gitDir, config) ??
    refuseStores(gitDir)
  refuseOwner(repository)
  if (reason !== undefined) {
    throw new CommandError(
      ExitStatus.Failed,
      `${root}: ${reason}, which the native engine does not support (install git)`,
    )
  }
}

function refuseFormat(config: GitConfig): string | undefined {
  const format = config.get('extensions.objectformat')
  if (format !== undefined && format.toLowerCase() !== 'sha1') return `a repository of ${format} objects`
  const unknown = config.keys().find((key) => {
    const name = /^extensions\.(.*)$/s.exec(key)?.[1]
    return name !== undefined && name !== 'objectformat' && !HARMLESS.has(name)
  })
  if (unknown !== undefined) return unknown
  const version = config.get('core.repositoryformatversion') ?? '0'
  return ['0', '1'].includes(version) ? undefined : `a repository of format version ${version}`
}

function refuseWorktree(root: string, gitDir: string, config: GitConfig): string | undefined {
  const named = config.get('core.worktree')
  if (named !== undefined && resolve(gitDir, named) !== root) return `core.worktree=${named}`
  return readBoolean(config, 'core.bare') === true ? 'core.bare' : undefined
}

function refuseStores(gitDir: string): string | undefined {
  if (isThere(join(gitDir, 'reftable'))) return 'a reftable'
  if (isThere(join(gitDir, 'objects/info/alternates'))) return "another repository's objects (alternates)"
  if (readFileSync(join(gitDir, 'HEAD'), 'utf8').includes('.invalid')) return 'a reftable'
  const packs = join(gitDir, 'objects/pack')
  const names = isThere(packs) ? readdirSync(packs) : []
  if (names.some((name) => name.endsWith('.promisor'))) return 'a partial clone'
  const large = names.find((name) => name.endsWith('.pack') && statSync(join(packs, name)).size > LARGEST_PACK)
  return large === undefined ? undefined : 'a pack of 2 GiB or more'
}

/** What others own may be set up to harm. */
function refuseOwner({ root, gitDir }: Repository): void {
  const { uid } = userInfo()
  if ([root, gitDir].every((folder) => statSync(folder).uid === uid)) return
  const remedy = 'native takes no such one; --engine git does where safe.directory names it'
  throw new CommandError(ExitStatus.Failed, `${root}: belongs to another user (${remedy})`)
}
