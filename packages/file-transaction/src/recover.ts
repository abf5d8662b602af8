import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import type { Journal, Stage, Unfinished } from './journal.ts'
import type { Entry, Manifest } from './manifest.ts'
import { rollBack } from './roll-back.ts'
import { rollForward } from './roll-forward.ts'
import type { Site } from './stage.ts'

/** As many characters of a file's name stand in that of our version beside it: the whole fits into 255 bytes. */
const LONGEST_NAME = 50

/** So long a tree that is not there is waited for: it may be on a disk that is not mounted. */
const LONGEST_ABSENCE_MS = 30 * 24 * 3600 * 1000

/**
 * Ends a transaction that was killed on its way: finishes it behind the point of no return, takes it back before.
 * A file that was changed since keeps its bytes, and our version is put beside it. What else a process was
 * killed at is tidied up.
 *
 * @param isHere whether we are in this working tree: then a folder of it that is not there is gone for good
 * @returns what was done, in words; empty where there was nothing to do
 * @throws CommandError (3) where it cannot be done; the journal stays
 */
export function recover(files: FileSystem, journal: Journal, isHere: boolean): string[] {
  const unfinished = journal.unfinished()
  const done = unfinished ? recoverOne(files, journal, unfinished, isHere) : []
  journal.clean()
  return done
}

function recoverOne(files: FileSystem, journal: Journal, unfinished: Unfinished, isHere: boolean): string[] {
  const { manifest } = unfinished
  try {
    const done = end(files, journal, unfinished, isHere)
    journal.tidy()
    return done
  } catch (error) {
    const what = `${manifest.root}: the reply of ${manifest.at} is half written, and that cannot be put right now`
    throw new CommandError(ExitStatus.Failed, `${what}: ${reasonOf(error)}`, { cause: error })
  }
}

function end(files: FileSystem, journal: Journal, { manifest, stage }: Unfinished, isHere: boolean): string[] {
  const root = openRoot(files, manifest.root)
  if (root === undefined) {
    if (!isHere && Date.now() - Date.parse(manifest.at) < LONGEST_ABSENCE_MS) return []
    journal.turnBack()
    journal.drop()
    return [`${manifest.root}: gone, and what was begun there with it`]
  }
  try {
    const site = { files, root }
    return stage === 'committed' ? finish(site, journal, manifest) : takeBack(site, journal, manifest, stage)
  } finally {
    files.close(root)
  }
}

function openRoot(files: FileSystem, path: string): Handle | undefined {
  try {
    return files.openRoot(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
    throw error
  }
}

function takeBack(site: Site, journal: Journal, manifest: Manifest, stage: Stage): string[] {
  rollBack(site, manifest, stage === 'pending' ? undefined : (hash) => journal.kept(hash))
  journal.drop()
  return [`${manifest.root}: an interrupted reply was taken back: ${pathsOf(manifest)}`]
}

function finish(site: Site, journal: Journal, manifest: Manifest): string[] {
  const conflicts: string[] = []
  rollForward(site, manifest, (entry, folder, name) => {
    conflicts.push(putBeside(site.files, entry, manifest.id, folder, name))
  })
  journal.finish(manifest)
  return [`${manifest.root}: an interrupted reply was finished: ${pathsOf(manifest)}`, ...conflicts]
}

function pathsOf({ entries }: Manifest): string {
  return entries.map(({ path }) => path).join(', ')
}

function putBeside(
  files: FileSystem,
  entry: Entry,
  id: string,
  folder: Handle | undefined,
  name: string | undefined,
): string {
  const changed = `${entry.path}: changed by another process meanwhile, and left as it is`
  if (folder === undefined || name === undefined) return `${entry.path}: its folder is gone`
  if (!entry.next || !files.status(folder, entry.temp)) return changed
  const beside = `${name.slice(0, LONGEST_NAME)}.lr-${id}`
  files.rename(folder, entry.temp, folder, beside)
  return `${changed}; the reply's version is beside it: ${beside}`
}
