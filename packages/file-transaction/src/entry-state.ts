import type { FileSystem, Handle } from './file-system.ts'
import type { Entry } from './manifest.ts'
import { hashOf } from './hash.ts'
import { readFile, RefusedPath } from './tree.ts'

/** What lies at a file's place: the version before the transaction, the one after, or another program's. */
export type EntryState = 'old' | 'next' | 'other'

/** A new file whose place is empty is `old`; a file that goes is `next` once it is gone. */
export function entryState(files: FileSystem, folder: Handle, name: string, entry: Entry): EntryState {
  const hash = hashThere(files, folder, name)
  if (hash === entry.old?.hash) return 'old'
  return hash === entry.next?.hash ? 'next' : 'other'
}

/** `'no file'` for anything that is not a regular file. */
function hashThere(files: FileSystem, folder: Handle, name: string): string | undefined {
  try {
    const found = readFile(files, folder, name)
    return found && hashOf(found.bytes)
  } catch (error) {
    if (error instanceof RefusedPath) return 'no file'
    throw error
  }
}
