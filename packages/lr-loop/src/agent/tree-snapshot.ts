import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import * as z from 'zod/mini'
import { CommandError, ExitStatus, reasonOf, workingTreeOf } from '@loop-runner/cli-kit'
import { openFolders, putModesBack, readModes } from './folder-modes.ts'
import { listSettings } from './git-settings.ts'
import { GitState, keepGitState, putGitStateBack } from './git-state.ts'
import { type GitCopies, listMissing } from './restore-repository.ts'
import { filledFolders, tellEmptied } from './ignored-folders.ts'
import { keepTouched, keptFolder } from './keep-touched.ts'
import { listFresh, listIgnored } from './list-paths.ts'
import { readNested, tellNested } from './nested-repositories.ts'
import { ownOutputs } from './own-outputs.ts'
import { Entry, isTouched, keepEntry, putEntryBack } from './tree-copy.ts'
import { isInside } from '../is-inside.ts'

/** A working tree as it was before an agent ran; `before.json`. */
const Snapshot = z.object({
  root: z.string(),
  iteration: z.number(),
  entries: z.record(z.string(), Entry),
  /** The modes of folders. */
  modes: z.record(z.string(), z.number()),
  /** Files that the loop itself writes to. */
  outputs: z.array(z.string()),
  /** The state of the repositories in the tree. */
  nested: z.record(z.string(), z.string()),
  /** Ignored folders, which are not copied. */
  ignored: z.array(z.string()),
  git: z.optional(GitState),
})
export type Snapshot = z.infer<typeof Snapshot>

/** Where snapshots are kept, and the environment for git. */
export interface Place {
  /** The run's folder. */
  readonly run: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** What an agent did to the tree. */
export interface TreeChanges {
  /** Paths that differ, relative to the root. */
  readonly paths: readonly string[]
  readonly root: string
  /** Lines about what is no file of the tree: HEAD, branches, modes of folders. */
  readonly told: readonly string[]
  /** Whether the repository lost objects of which there is no copy. */
  readonly isBroken: boolean
}

const MAX_LISTED = 20
const IGNORE_FILE = /(?:^|\/)(?:\.gitignore|info\/exclude)$/

/**
 * Copies the working tree to the run's folder: what git tracks or would add, single files that it ignores, its
 * configuration and hooks. A copy of the same state from an earlier snapshot is used again.
 */
export async function takeSnapshot(iteration: number, { run, cwd, env }: Place): Promise<Snapshot> {
  const root = workingTreeOf(cwd)
  const folder = join(run, 'agent')
  const store = storeOf(run)
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const earlier = readFile(join(folder, 'last.json'))?.entries ?? {}
  const git = await keepGitState(root, copiesOf(run, iteration), env)
  const entries: Record<string, Entry> = {}
  const ignored = git ? await listIgnored(root, env) : []
  const folders = ignored.filter((path) => path.endsWith('/'))
  const single = ignored.filter((path) => !path.endsWith('/'))
  const paths = [...new Set([...(await listFresh(root, git, env)), ...single])]
  const outputs = ownOutputs(root, paths)
  const nested = git ? await readNested(root, env) : {}
  for (const path of paths) {
    if (isOfRun(path, root, run) || outputs.has(path)) continue
    const entry = keepEntry(root, path, store, earlier[path])
    if (entry) entries[path] = entry
  }
  const modes = readModes(root, Object.keys(entries))
  const snapshot = {
    root,
    iteration,
    entries,
    modes,
    outputs: [...outputs],
    nested,
    ignored: filledFolders(root, folders),
    git,
  }
  const file = join(folder, 'before.json')
  writeFileSync(`${file}.new`, JSON.stringify(snapshot), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return snapshot
}

/** The snapshot that an interrupted run of an agent left behind; undefined if no run was interrupted. */
export function pendingSnapshot(run: string): Snapshot | undefined {
  return readFile(join(run, 'agent', 'before.json'))
}

/**
 * Puts HEAD, branches and index back, and finds out what differs in the tree. Git's own files are put back first, for git
 * could not run with others; so is a `.gitignore` that may not change, so that it hides no new file.
 *
 * @param mayChange whether a path relative to the root is in a source
 */
export async function findChanges(
  snapshot: Snapshot,
  mayChange: (path: string) => boolean,
  { run, env }: Place,
): Promise<TreeChanges> {
  const { root, entries, git } = snapshot
  const store = storeOf(run)
  const differs = (path: string) => isTouched(root, path, entries[path], store)
  const changedModes = putModesBack(root, snapshot.modes)
  openFolders(root, snapshot.modes, snapshot.ignored)
  if (!existsSync(store)) throw await withoutCopies(snapshot, { run, env })
  const settings = git ? listSettings(root, git.folder).filter(differs) : []
  const known = Object.keys(entries).filter(differs)
  const rules = known.filter((path) => IGNORE_FILE.test(path) && !mayChange(path))
  putBack([...settings, ...rules], snapshot, { run, env })
  const told = git ? await putGitStateBack(git, root, keptOf(snapshot, run), env) : []
  const fresh = (await listFresh(root, git, env)).filter((path) => entries[path] === undefined)
  const isBroken = told.length > 0 && (await listMissing(root, copiesOf(run, snapshot.iteration), env)).length > 0
  const others = git ? tellNested(snapshot.nested, await readNested(root, env)) : []
  const outputs = new Set([...snapshot.outputs, ...ownOutputs(root, fresh)])
  const created = fresh.filter((path) => !isOfRun(path, root, run) && !outputs.has(path) && differs(path))
  return {
    paths: [...new Set([...known, ...settings, ...created])].sort(),
    root,
    told: [...changedModes, ...told, ...others, ...tellEmptied(root, snapshot.ignored)],
    isBroken,
  }
}

/** The end of a run whose agent removed the run's folder: what git knows is put back, and what changed is named. */
async function withoutCopies(snapshot: Snapshot, { run, env }: Pick<Place, 'run' | 'env'>): Promise<CommandError> {
  const { root, entries, git } = snapshot
  const told = git ? await putGitStateBack(git, root, keptOf(snapshot, run), env) : []
  const touched = Object.keys(entries).filter((path) => isTouched(root, path, entries[path], storeOf(run)))
  const paths = touched.length === 0 ? 'no file' : listSome(touched)
  const message = `${run}: the agent removed the copies of the tree, so nothing could be put back: it changed ${paths}`
  // The end of the run is noted there.
  mkdirSync(run, { recursive: true, mode: 0o700 })
  return new CommandError(ExitStatus.Failed, [message, ...told].join('; '))
}

/**
 * Puts paths back as they were. What was there meanwhile is kept in the run's folder.
 *
 * @throws CommandError (3) that names those that could not be put back, after all others were
 */
export function putBack(paths: readonly string[], snapshot: Snapshot, place: Pick<Place, 'run' | 'env'>): void {
  keepTouched(paths, snapshot.root, keptFolder(place.run, snapshot.iteration), place.env)
  const store = storeOf(place.run)
  const failed: string[] = []
  for (const path of paths) {
    try {
      putEntryBack(snapshot.root, path, snapshot.entries[path], store)
    } catch (error) {
      failed.push(`${path} (${reasonOf(error)})`)
    }
  }
  if (failed.length === 0) return
  throw new CommandError(
    ExitStatus.Failed,
    `could not be put back: ${listSome(failed)} (copies: ${store}, named in ../before.json)`,
  )
}

function listSome(paths: readonly string[]): string {
  const more = paths.length > MAX_LISTED ? ` and ${paths.length - MAX_LISTED} more` : ''
  return paths.slice(0, MAX_LISTED).join(', ') + more
}

/** Ends the work on a snapshot: the tree is as the loop has it. */
export function closeSnapshot(run: string): void {
  renameSync(join(run, 'agent', 'before.json'), join(run, 'agent', 'last.json'))
}

function readFile(file: string): Snapshot | undefined {
  try {
    return Snapshot.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function keptOf({ iteration }: Snapshot, run: string) {
  return { copies: copiesOf(run, iteration), keptRef: `refs/loop-runner/agent/${nameOf(run)}/${iteration}` }
}

function copiesOf(run: string, iteration: number): GitCopies {
  const folder = join(run, 'agent')
  const aside = join(keptFolder(run, iteration), '.git')
  return { index: join(folder, 'index'), folder: join(folder, 'git'), hashes: join(folder, 'hashes'), aside }
}

function storeOf(run: string): string {
  return join(run, 'agent', 'store')
}

/** Whether a path is of a run's folder that is in the tree itself. The tree of an attempt is in its run's folder. */
function isOfRun(path: string, root: string, run: string): boolean {
  return isInside(run, root) && isInside(join(root, path), run)
}

function nameOf(run: string): string {
  return relative(dirname(run), run).replaceAll(/[^\w-]/g, '-')
}

/** Removes the copies, which may hold keys of the user, unless the tree is still to be put back by them. */
export function removeSnapshots(run: string): void {
  if (pendingSnapshot(run) === undefined) rmSync(join(run, 'agent'), { recursive: true, force: true })
}
