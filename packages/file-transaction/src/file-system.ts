/** A folder or file that is held open. */
export type Handle = number

export interface Status {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** The permission bits. */
  readonly mode: number
  readonly size: number
  /** When the content was last written, in nanoseconds. */
  readonly writtenNs: bigint
  /** How many names the file has. */
  readonly names: number
}

/**
 * All that lr-apply does to the disk. Names are single parts of a path, below a folder that is held open: no path is
 * looked up twice, so a link cannot be put in between (CWE-367, CWE-59). Every call may fail with a
 * system error. Calls do not return before they are done, so that an interrupt falls between two of them only where
 * we wait for something else.
 */
export interface FileSystem {
  /** Opens a folder by its absolute path, links followed. */
  openRoot(path: string): Handle
  /** Never follows a link. */
  openFolder(parent: Handle, name: string): Handle
  /** For reading; never follows a link, and never waits for the other end of a FIFO. */
  openFile(parent: Handle, name: string): Handle
  /** For writing; fails where there is anything of that name. The mode is narrowed by the umask. */
  createFile(parent: Handle, name: string, mode: number): Handle
  makeFolder(parent: Handle, name: string, mode: number): void
  removeFolder(parent: Handle, name: string): void
  removeFile(parent: Handle, name: string): void
  /** Takes the place of what bears the new name. */
  rename(parent: Handle, name: string, newParent: Handle, newName: string): void
  /** Gives a file one more name; fails where there is anything of that name. */
  link(parent: Handle, name: string, newName: string): void
  /** Undefined where there is nothing of that name; a link is not followed. */
  status(parent: Handle, name: string): Status | undefined
  statusOf(handle: Handle): Status
  list(folder: Handle): string[]
  /** @returns how many bytes were read; 0 at the end */
  read(handle: Handle, bytes: Buffer, at: number, position: number): number
  /** @returns how many bytes were written: perhaps not all */
  write(handle: Handle, bytes: Buffer, at: number): number
  setMode(handle: Handle, mode: number): void
  /** Done when the disk has what was written, or the names in a folder. */
  sync(handle: Handle): void
  close(handle: Handle): void
}
