import { entryState } from './entry-state.ts'
import type { Handle } from './file-system.ts'
import type { Entry, Manifest } from './manifest.ts'
import { ifReachable, restoringName, type Site, syncFolders, writeVersion } from './stage.ts'
import { removeIfThere } from './state-folder.ts'
import { readAll } from './tree.ts'

/**
 * Is told of a file that somebody else has changed meanwhile: its bytes stay, and ours are staged beside it. Without a
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

/** Replaces a file while holding the old one open: what somebody wrote into it at that very moment is put back. */
function putInPlace(site: Site, entry: Entry, folder: Handle, name: string, onConflict: OnConflict): void {
  const { files } = site
  if (!entry.old) return files.rename(folder, entry.temp, folder, name)
  const held = files.openFile(folder, name)
  try {
    const before = files.statusOf(held)
    if (entry.next) files.rename(folder, entry.temp, folder, name)
    else files.removeFile(folder, name)
    const after = files.statusOf(held)
    if (after.writtenNs === before.writtenNs && after.size === before.size) return
    // Ours is staged again, theirs back in its place.
    if (entry.next) files.link(folder, name, entry.temp)
    writeVersion(files, folder, restoringName(entry), readAll(files, held, after.size), before.mode)
    files.rename(folder, restoringName(entry), folder, name)
  } finally {
    files.close(held)
  }
  onConflict(entry, folder, name)
}
