import { entryState } from './entry-state.ts'
import type { Handle, Status } from './file-system.ts'
import type { Entry, Manifest } from './manifest.ts'
import { ifReachable, restoringName, type Site, syncFolders, writeVersion } from './stage.ts'
import { removeIfThere } from './durable-file.ts'
import { hashOf } from './hash.ts'
import { readAll } from './tree.ts'

/**
 * Called for a file that another program has changed meanwhile: its bytes stay, and ours are staged beside it. Without a
 * folder, that is gone, or no folder of ours any more.
 */
export type OnConflict = (entry: Entry, folder?: Handle, name?: string) => void

/** Puts every staged version in its place. What has been put there already is left; so it can be called again. */
export function rollForward(site: Site, manifest: Manifest, onConflict: OnConflict): void {
  for (const entry of manifest.entries) {
    const wasThere = ifReachable(site, entry.path, (folder, name) => {
      const state = entryState(site.files, folder, name, entry)
      const isStaged = !entry.next || site.files.status(folder, entry.temp) !== undefined
      if (state === 'old' && isStaged) putInPlace(site, entry, folder, name, onConflict)
      else if (state !== 'next') onConflict(entry, folder, name)
      else removeIfThere(site.files, folder, entry.temp)
    })
    if (!wasThere) onConflict(entry)
  }
  syncFolders(site, manifest.entries)
}

/**
 * Replaces a file while holding the old one open: what another program writes into it between our check and our replacement is
 * seen, and put back. A file that is renamed into its place at that very moment is not.
 */
function putInPlace(site: Site, entry: Entry, folder: Handle, name: string, onConflict: OnConflict): void {
  const { files } = site
  if (!entry.old) return files.rename(folder, entry.temp, folder, name)
  const held = files.openFile(folder, name)
  try {
    const before = files.statusOf(held)
    const isOld = hashOf(readAll(files, held, before.size)) === entry.old.hash
    if (isOld && replaceHeld(site, entry, folder, name, { handle: held, before })) return
  } finally {
    files.close(held)
  }
  onConflict(entry, folder, name)
}

/** @returns whether it was still the same when it was replaced; else it is back in its place, and ours is staged again */
function replaceHeld(
  { files }: Site,
  entry: Entry,
  folder: Handle,
  name: string,
  held: { readonly handle: Handle; readonly before: Status },
): boolean {
  if (entry.next) files.rename(folder, entry.temp, folder, name)
  else files.removeFile(folder, name)
  const after = files.statusOf(held.handle)
  if (after.writtenNs === held.before.writtenNs && after.size === held.before.size) return true
  if (entry.next) files.link(folder, name, entry.temp)
  writeVersion(files, folder, restoringName(entry), readAll(files, held.handle, after.size), held.before.mode)
  files.rename(folder, restoringName(entry), folder, name)
  return false
}
