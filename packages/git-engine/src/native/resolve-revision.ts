import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { type Hash, parseCommit } from '../repository/git-object.ts'
import { readHeadFile, readRefFile } from './refs.ts'
import type { Store } from './store.ts'

/** What a name may stand for, in git's order. */
const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']

/**
 * The commit that a revision means: HEAD, a ref, a hash whole or abbreviated, each with any number of `~N` and `^`.
 *
 * @throws CommandError (3) for the other forms that git knows
 */
export async function resolveRevision(gitDir: string, store: Store, revision: string): Promise<Hash | undefined> {
  const [, name = '', steps = ''] = /^([^~^:@{}]+)((?:~\d*|\^)*)$/.exec(revision) ?? []
  if (name === '') {
    throw new CommandError(
      ExitStatus.Failed,
      `${revision}: the native engine does not support such a revision (give a hash)`,
    )
  }
  let commit = await peel(store, (await findName(gitDir, store, name)) ?? '')
  for (const [step] of steps.matchAll(/~\d*|\^/g)) {
    const count = step === '^' || step === '~' ? 1 : Number(step.slice(1))
    for (let at = 0; at < count && commit !== undefined; at++) {
      commit = parseCommit((await store.read(commit)).bytes).parents[0]
    }
  }
  return commit
}

async function findName(gitDir: string, store: Store, name: string): Promise<Hash | undefined> {
  if (name === 'HEAD') return readHeadFile(gitDir).commit
  if (/^[0-9a-f]{40}$/.test(name)) return name
  const isPlain = /^[\w./-]+$/.test(name) && !name.includes('..') && !name.startsWith('/')
  for (const place of isPlain ? PLACES : []) {
    if (place === '' && !name.startsWith('refs/')) continue
    const commit = readRefFile(gitDir, place + name)
    if (commit !== undefined) return commit
  }
  return /^[0-9a-f]{4,39}$/.test(name) ? store.expand(name) : undefined
}

/** Follows annotated tags to their commit. */
async function peel(store: Store, hash: Hash): Promise<Hash | undefined> {
  if (hash === '') return undefined
  const object = await store.read(hash).catch(() => undefined)
  if (object?.type === 'commit') return hash
  const target = /^object ([0-9a-f]{40})\n/.exec(object?.bytes.toString('latin1') ?? '')?.[1]
  return target === undefined ? undefined : peel(store, target)
}
