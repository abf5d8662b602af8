import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import type { Change } from './change.ts'
import { ChangedMeanwhile } from './changed-meanwhile.ts'
import { entryState } from './entry-state.ts'
import { HeldFolders } from './held-folders.ts'
import type { Journal } from './journal.ts'
import type { Manifest, Version } from './manifest.ts'
import { rollBack } from './roll-back.ts'
import { rollForward } from './roll-forward.ts'
import { inFolder, type Site, stageAll } from './stage.ts'
import { hashOf } from './hash.ts'

/** What names a transaction. */
export interface TransactionIdentity {
  readonly id: string
  readonly rootPath: string
  /** ISO 8601. */
  readonly at: string
  readonly undoes?: string
  readonly run?: string
}

/**
 * Makes all the changes, or none. Every version that is replaced is kept in the journal
 * first; the new ones are written beside their places; one rename in the journal is the point of no return. Whatever
 * fails before or behind it is taken back. Should we be killed, the next start finishes it or takes it back.
 *
 * @throws ChangedMeanwhile, or CommandError (3) with what became of the transaction
 */
export function runTransaction(
  site: Site,
  journal: Journal,
  changes: readonly Change[],
  identity: TransactionIdentity,
): Manifest {
  const manifest = makeManifest(site, changes, identity)
  const contents = new Map(changes.flatMap(({ path, next }) => (next ? [[path, next.bytes] as const] : [])))
  const held = new HeldFolders(site.files, site.root)
  try {
    for (const { old } of changes) if (old) journal.keep(old.bytes)
    journal.begin(manifest)
    stageAll(site, manifest, contents, held)
    checkUnchanged(site, manifest)
    journal.commit()
    rollForward(site, manifest, ({ path }) => {
      throw new ChangedMeanwhile(path)
    })
    journal.finish(manifest)
  } catch (error) {
    throw abandon(site, journal, manifest, held, error)
  } finally {
    held.close()
  }
  return manifest
}

/** @returns the error, with what became of the transaction */
function abandon(site: Site, journal: Journal, manifest: Manifest, held: HeldFolders, cause: unknown): unknown {
  try {
    journal.turnBack()
    const isPending = journal.unfinished()?.stage === 'pending'
    rollBack(site, manifest, isPending ? undefined : (hash) => journal.kept(hash), held)
    journal.drop()
    return withNote(cause, manifest.root, 'nothing was written')
  } catch {
    // The journal still says what was begun.
    return withNote(cause, manifest.root, 'what was begun is taken back at the next start')
  }
}

function withNote(error: unknown, place: string, note: string): unknown {
  const { Failed } = ExitStatus
  if (error instanceof CommandError) return new CommandError(Failed, `${error.message} (${note})`, { cause: error })
  if (errorCode(error) === undefined) return error
  return new CommandError(Failed, `${place}: ${reasonOf(error)} (${note})`, { cause: error })
}

function checkUnchanged(site: Site, manifest: Manifest): void {
  for (const entry of manifest.entries) {
    const state = inFolder(site, entry.path, (folder, name) => entryState(site.files, folder, name, entry))
    if (state !== 'old') throw new ChangedMeanwhile(entry.path)
  }
}

function makeManifest(site: Site, changes: readonly Change[], identity: TransactionIdentity): Manifest {
  const { id, rootPath, at, undoes, run } = identity
  return {
    version: 1,
    id,
    root: rootPath,
    at,
    ...(undoes === undefined ? {} : { undoes }),
    ...(run === undefined ? {} : { run }),
    folders: missingFolders(site, changes),
    entries: changes.map(({ path, old, next }, index) => ({
      path,
      temp: `.lr-apply-${id}-${index + 1}`,
      ...(old ? { old: versionOf(old) } : {}),
      ...(next ? { next: versionOf(next) } : {}),
    })),
  }
}

function versionOf({ bytes, mode }: { bytes: Buffer; mode: number | undefined }): Version {
  return { hash: hashOf(bytes), ...(mode === undefined ? {} : { mode }) }
}

/** The folders that new files need, outermost first. */
function missingFolders(site: Site, changes: readonly Change[]): string[] {
  const missing = new Set<string>()
  for (const { path, old } of changes) {
    if (old) continue
    const parts = path.split('/')
    const folders = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
    // Below one that is missing, all are.
    const first = folders.findIndex((folder) => missing.has(folder) || !isFolder(site, folder))
    if (first !== -1) for (const folder of folders.slice(first)) missing.add(folder)
  }
  return [...missing].sort((left, right) => left.split('/').length - right.split('/').length)
}

/** Whether there is a folder of that path, whose own folder there is; false for nothing there. */
function isFolder(site: Site, path: string): boolean {
  const status = inFolder(site, path, (parent, name) => site.files.status(parent, name))
  if (status && status.kind !== 'folder') throw new ChangedMeanwhile(path)
  return status !== undefined
}
