export type Inode = number
export type Entries = Map<string, Inode>

/** A change that the disk need not have yet. */
interface Pending {
  /** The folders whose names it changes, or the file whose content it does. */
  readonly touches: readonly Inode[]
  readonly isContent: boolean
  /** @param share how much of a content has reached the disk, from 0 to 1 */
  readonly reach: (disk: Disk, share: number) => void
}

interface Disk {
  readonly contents: Map<Inode, Buffer>
  readonly entries: Map<Inode, Entries>
}

/** What is on a disk for sure, and what may be: any of the changes since the last sync of what they touch. */
export class SimulatedDisk {
  readonly #disk: Disk
  #pending: Pending[] = []

  constructor(root: Inode) {
    this.#disk = { contents: new Map(), entries: new Map([[root, new Map()]]) }
  }

  get pendingCount(): number {
    return this.#pending.length
  }

  /** A folder that nothing leads to yet. */
  addFolder(inode: Inode): void {
    this.#disk.entries.set(inode, new Map())
  }

  change(touches: readonly Inode[], reach: Pending['reach'], isContent = false): void {
    this.#pending.push({ touches, isContent, reach })
  }

  /** Everything that a file's content, or a folder's names, has come to is on the disk. */
  sync(inode: Inode, isContent: boolean): void {
    const isMeant = (change: Pending) => change.isContent === isContent && change.touches.includes(inode)
    for (const change of this.#pending.filter(isMeant)) change.reach(this.#disk, 1)
    this.#pending = this.#pending.filter((change) => !isMeant(change))
  }

  /** Decides of every pending change, in order, how much of it is on the disk. */
  settle(reached: (index: number) => number): void {
    for (const [index, change] of this.#pending.entries()) {
      const share = reached(index)
      if (share > 0) change.reach(this.#disk, change.isContent ? share : 1)
    }
    this.#pending = []
  }

  contentOf(inode: Inode): Buffer {
    return this.#disk.contents.get(inode) ?? Buffer.alloc(0)
  }

  entriesOf(inode: Inode): Entries {
    return this.#disk.entries.get(inode) ?? new Map<string, Inode>()
  }
}
