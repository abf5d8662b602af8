import { errorCode } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { openFolderOf } from './tree.ts'

/**
 * The folders that a transaction writes into, held open: what it put into one can be taken back although the folder is
 * moved away, or a link takes its place.
 */
export class HeldFolders {
  readonly #files: FileSystem
  readonly #root: Handle
  readonly #handles = new Map<string, Handle>()

  constructor(files: FileSystem, root: Handle) {
    this.#files = files
    this.#root = root
  }

  /**
   * The folder of a path, as it was when it was first asked for; undefined if it did not exist.
   *
   * @throws RefusedPath as openFolderOf does
   */
  open(path: string): Handle | undefined {
    const known = this.find(path)
    if (known !== undefined) return known
    const handle = openFolderOf(this.#files, this.#root, path)
    if (handle !== undefined) this.#handles.set(folderOf(path), handle)
    return handle
  }

  /** The folder of a path, if it is held. */
  find(path: string): Handle | undefined {
    return this.#handles.get(folderOf(path))
  }

  /** Waits until the names in all of them are on the disk. */
  sync(): void {
    for (const handle of this.#handles.values()) this.#files.sync(handle)
  }

  /** The system releases a folder even if it reports an error. */
  close(): void {
    for (const handle of this.#handles.values()) {
      if (handle !== this.#root) this.#closeOne(handle)
    }
    this.#handles.clear()
  }

  #closeOne(handle: Handle): void {
    try {
      this.#files.close(handle)
    } catch (error) {
      if (errorCode(error) === undefined) throw error
    }
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
