import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import type { Engine } from '../repository/engine.ts'
import { treePath } from './tree-path.ts'

/** Files that git does not track. Paths are relative to the root. */
export interface UntrackedFiles {
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
}

/** The files among the sources of a loop (LR_SOURCES, one per line) that git does not track. */
export async function findUntrackedSources(engine: Engine, io: Pick<Io, 'cwd' | 'env'>): Promise<UntrackedFiles> {
  const operands = (io.env['LR_SOURCES'] ?? '')
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(io.cwd, path)))
  if (operands.length === 0) return { untracked: [], ignored: [] }
  const { listSources } = await import('@loop-runner/source-files')
  const { root, prefix } = engine.repository
  const paths = (await listSources(operands, io.cwd, io.env)).flatMap((path) => ownPath(root, prefix, path))
  return findUntracked(engine, paths, io)
}

/** Those of some files that git does not track; what does not exist is not among them. */
export async function findUntracked(
  engine: Engine,
  paths: readonly string[],
  { env }: Pick<Io, 'env'>,
): Promise<UntrackedFiles> {
  const { root } = engine.repository
  const files = paths.filter((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
  if (files.length === 0) return { untracked: [], ignored: [] }
  const tracked = new Set((await engine.readIndex(files)).map(({ path }) => path))
  const others = files.filter((path) => !tracked.has(path))
  const ignored = await findIgnored(engine, others, { env })
  return { untracked: others.filter((path) => !ignored.has(path)), ignored: [...ignored] }
}

/** The untracked paths that git ignores; they need not exist. */
export async function findIgnored(
  { repository }: Engine,
  untracked: readonly string[],
  { env }: Pick<Io, 'env'>,
): Promise<ReadonlySet<string>> {
  if (untracked.length === 0) return new Set()
  const { listIgnored } = await import('@loop-runner/source-files')
  return listIgnored(untracked, repository.root, env)
}

/** What lr-git never commits needs no saving: lr-apply does not write there either. */
function ownPath(root: string, prefix: string, path: string): string[] {
  try {
    return [treePath(root, prefix, path)]
  } catch {
    return []
  }
}
