import { existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { putFoldersBack } from './folder-modes.ts'
import { listSettings } from './git-settings.ts'
import { putGitStateBack } from './git-state.ts'
import { tellEmptied } from './ignored-folders.ts'
import { listFresh, listIgnored } from './list-paths.ts'
import { tellUnkept } from './keep-touched.ts'
import { moveRepositoriesAside } from './nested-repositories.ts'
import { removeOddNames } from './odd-names.ts'
import { ownOutputs } from './own-outputs.ts'
import { listSome, putBack } from './put-back.ts'
import type { Restored } from './restore-repository.ts'
import { copiesOf, isOfRun, keptOf, type Place, type Snapshot, storeOf } from './snapshot.ts'
import { isTouched, makeRealFolder } from './tree-copy.ts'
import { walkTree } from './tree-walk.ts'

/** The changes that an agent made to the tree. */
export interface TreeChanges extends Restored {
  /** Paths that differ, relative to the root. */
  readonly paths: readonly string[]
  readonly root: string
}

const IGNORE_FILE = /(?:^|\/)(?:\.gitignore|info\/exclude)$/

/**
 * Puts HEAD, branches and index back, and the repositories in the tree, and finds out what differs in it. Git's own files are put
 * back first, for git could not run with others; so is a `.gitignore` that may not change, so that it hides no new file.
 *
 * @param mayChange whether a path relative to the root is in a source
 */
export async function findChanges(
  snapshot: Snapshot,
  mayChange: (path: string) => boolean,
  place: Place,
): Promise<TreeChanges> {
  const { root, entries, git } = snapshot
  const { run, env } = place
  const store = storeOf(snapshot, run)
  const differs = (path: string) => isTouched(root, path, entries[path], store)
  const folders = putFoldersBack(root, snapshot.modes)
  if (!existsSync(store)) throw await withoutCopies(snapshot, place)
  const settings = git ? listSettings(root, git).filter(differs) : []
  const known = Object.keys(entries).filter(differs)
  const rules = known.filter((path) => IGNORE_FILE.test(path) && !mayChange(path))
  const unkept = putBack([...new Set([...settings, ...rules])], snapshot, place)
  const restored = await restoreGit(snapshot, place)
  const others = await findOthers(snapshot, place)
  const fresh = [...(await listFresh(root, git, env)), ...others.special].filter((path) => entries[path] === undefined)
  const outputs = new Set([...snapshot.outputs, ...ownOutputs(root, fresh)])
  const created = fresh.filter((path) => !isOfRun(path, root, run) && !outputs.has(path) && differs(path))
  return {
    paths: [...new Set([...known, ...settings, ...created])].sort(),
    root,
    told: [...folders, ...tellUnkept(unkept), ...restored.told, ...others.told, ...tellEmptied(root, snapshot.ignored)],
    isBroken: restored.isBroken,
  }
}

async function restoreGit(snapshot: Snapshot, { run, env }: Place): Promise<Restored> {
  const { root, inner, iteration, git } = snapshot
  if (!git) return { told: [], isBroken: false }
  const keptRef = `refs/loop-runner/agent/${nameOf(run)}/${iteration}`
  const { told, isBroken } = await putGitStateBack(git, root, { copies: copiesOf(snapshot, run), keptRef }, env)
  // Nothing is committed in other repositories.
  return { told, isBroken: isBroken && inner === '' }
}

/** Restores files that git does not list in this tree. */
async function findOthers(snapshot: Snapshot, place: Place): Promise<{ special: string[]; told: string[] }> {
  const { root, git, modes } = snapshot
  const ignored = [...snapshot.ignored, ...(git ? await listIgnored(root, place.env) : [])]
  const isOpened = (folder: string) => modes[folder] === undefined
  const now = walkTree(root, { ignored, hasGit: git !== undefined, isOpened })
  const made = now.nested.filter((folder) => snapshot.nested[folder] === undefined && !isOfRun(folder, root, place.run))
  const told = [
    ...(await putNestedBack(snapshot, place)),
    ...moveRepositoriesAside(made, root, keptOf(snapshot, place.run)),
    ...removeOddNames(root, snapshot.odd, now.odd),
  ]
  return { special: now.special.filter((path) => !snapshot.special.includes(path)), told }
}

/** Everything in a submodule, or in another repository in the tree, is as it was. */
async function putNestedBack({ root, nested }: Snapshot, place: Place): Promise<string[]> {
  const told: string[] = []
  for (const [folder, snapshot] of Object.entries(nested)) {
    makeRealFolder(root, folder)
    const changes = await findChanges(snapshot, () => false, place)
    const unkept = putBack(changes.paths, snapshot, place)
    told.push(...[...changes.told, ...tellUnkept(unkept)].map((line) => `${folder}: ${line}`))
    told.push(...changes.paths.map((path) => `${join(folder, path)}: not a file that may change; it was put back`))
  }
  return told
}

/**
 * The end of a run whose agent removed the folder of the run: files that git tracks are restored, and changes are
 * reported.
 */
async function withoutCopies(snapshot: Snapshot, place: Place): Promise<CommandError> {
  const { root, entries } = snapshot
  const { run } = place
  const { told } = await restoreGit(snapshot, place)
  const touched = Object.keys(entries).filter((path) => isTouched(root, path, entries[path], storeOf(snapshot, run)))
  const paths = touched.length === 0 ? 'no file' : listSome(touched)
  const message = `${run}: the agent removed the copies of the tree, so nothing could be put back: it changed ${paths}`
  // The end of the run is noted there.
  mkdirSync(run, { recursive: true, mode: 0o700 })
  return new CommandError(ExitStatus.Failed, [message, ...told].join('; '))
}

function nameOf(run: string): string {
  return basename(run).replaceAll(/[^\w-]/g, '-')
}
