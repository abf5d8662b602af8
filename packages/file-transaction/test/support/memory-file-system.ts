import { dirname } from 'node:path'
import type { FileSystem, Handle, Status } from '../../src/file-system.ts'
import { makeNode, type Node, systemError, toStatus } from './memory-node.ts'
import { type Inode, SimulatedDisk } from './simulated-disk.ts'

const ROOT: Inode = 1

/**
 * A disk in memory that knows what has been synced. After `losePower` only that is there for sure: of every other
 * change it is for the test to say whether it had reached the disk, in the order in which they were made.
 */
export class MemoryFileSystem implements FileSystem {
  readonly #nodes = new Map<Inode, Node>([[ROOT, makeNode('folder', 0o755)]])
  readonly #open = new Map<Handle, { inode: Inode; at: number }>()
  readonly #disk = new SimulatedDisk(ROOT)
  #next = 100

  /** @param files their contents, by absolute path; all of it is on the disk */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, content] of Object.entries(files)) {
      const folder = this.openMaking(dirname(path))
      const handle = this.createFile(folder, path.slice(path.lastIndexOf('/') + 1), 0o644)
      this.write(handle, Buffer.from(content), 0)
      this.close(handle)
      this.close(folder)
    }
    this.settle()
  }

  openMaking(path: string): Handle {
    if (path === '/') return this.#handle(ROOT)
    const parent = this.openMaking(dirname(path))
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (!this.status(parent, name)) this.makeFolder(parent, name, 0o755)
    const folder = this.openFolder(parent, name)
    this.close(parent)
    return folder
  }

  openRoot(path: string): Handle {
    const parts = path.split('/').filter((part) => part !== '')
    return this.#handle(parts.reduce((inode, part) => this.#child(inode, part, 'folder'), ROOT))
  }

  openFolder(parent: Handle, name: string): Handle {
    return this.#handle(this.#child(this.#inode(parent), name, 'folder'))
  }

  openFile(parent: Handle, name: string): Handle {
    return this.#handle(this.#child(this.#inode(parent), name, 'file'))
  }

  createFile(parent: Handle, name: string, mode: number): Handle {
    const inode = this.#make(parent, name, makeNode('file', mode & ~0o022))
    return this.#handle(inode)
  }

  makeFolder(parent: Handle, name: string, mode: number): void {
    const inode = this.#make(parent, name, makeNode('folder', mode & ~0o022))
    this.#disk.addFolder(inode)
  }

  /** A symbolic link; where it leads does not matter, since none is followed. */
  makeLink(parent: Handle, name: string): void {
    this.#make(parent, name, makeNode('link', 0o777))
  }

  removeFolder(parent: Handle, name: string): void {
    const inode = this.#child(this.#inode(parent), name, 'folder')
    if (this.#node(inode).entries.size > 0) throw systemError('ENOTEMPTY')
    this.#unname(this.#inode(parent), name)
  }

  removeFile(parent: Handle, name: string): void {
    this.#child(this.#inode(parent), name, 'file')
    this.#unname(this.#inode(parent), name)
  }

  rename(parent: Handle, name: string, newParent: Handle, newName: string): void {
    const [from, to] = [this.#inode(parent), this.#inode(newParent)]
    const inode = this.#node(from).entries.get(name)
    if (inode === undefined) throw systemError('ENOENT')
    if (this.status(newParent, newName)?.kind === 'folder') throw systemError('EISDIR')
    this.#node(from).entries.delete(name)
    this.#node(to).entries.set(newName, inode)
    this.#disk.change([from, to], (disk) => {
      disk.entries.get(from)?.delete(name)
      disk.entries.get(to)?.set(newName, inode)
    })
  }

  link(parent: Handle, name: string, newName: string): void {
    const folder = this.#inode(parent)
    if (this.#node(folder).entries.has(newName)) throw systemError('EEXIST')
    this.#name(folder, newName, this.#child(folder, name, 'file'))
  }

  status(parent: Handle, name: string): Status | undefined {
    const inode = this.#node(this.#inode(parent)).entries.get(name)
    return inode === undefined ? undefined : toStatus(this.#node(inode))
  }

  statusOf(handle: Handle): Status {
    return toStatus(this.#node(this.#inode(handle)))
  }

  list(folder: Handle): string[] {
    return [...this.#node(this.#inode(folder)).entries.keys()]
  }

  read(handle: Handle, bytes: Buffer, at: number, position: number): number {
    return this.#node(this.#inode(handle)).bytes.copy(bytes, at, position)
  }

  write(handle: Handle, bytes: Buffer, at: number): number {
    const open = this.#open.get(handle)
    if (!open) throw systemError('EBADF')
    const node = this.#node(open.inode)
    const content = Buffer.concat([node.bytes.subarray(0, open.at), bytes.subarray(at)])
    open.at = content.length
    this.setContent(open.inode, content)
    return bytes.length - at
  }

  setMode(handle: Handle, mode: number): void {
    this.#node(this.#inode(handle)).mode = mode
  }

  sync(handle: Handle): void {
    const inode = this.#inode(handle)
    this.#disk.sync(inode, this.#node(inode).kind === 'file')
  }

  close(handle: Handle): void {
    if (!this.#open.delete(handle)) throw systemError('EBADF')
  }

  /** How many handles are open. */
  get openCount(): number {
    return this.#open.size
  }

  /** What an editor does that writes in place; or a file that a process which was killed left half written. */
  setContent(inode: Inode, content: Buffer): void {
    const node = this.#node(inode)
    node.bytes = content
    node.writtenNs++
    this.#disk.change(
      [inode],
      (disk, share) => {
        disk.contents.set(inode, content.subarray(0, Math.floor(content.length * share)))
      },
      true,
    )
  }

  /** The inode of a path; undefined where nothing is there. */
  find(path: string): Inode | undefined {
    let inode: Inode | undefined = ROOT
    for (const part of path.split('/').filter((one) => one !== '')) {
      inode = inode === undefined ? undefined : this.#nodes.get(inode)?.entries.get(part)
    }
    return inode
  }

  /** How many changes the disk need not have yet. */
  get pendingCount(): number {
    return this.#disk.pendingCount
  }

  /** All that was changed is on the disk. */
  settle(): void {
    this.#disk.settle(() => 1)
  }

  /** @param reached says of each change in order how much of it had reached the disk, from 0 to 1 */
  losePower(reached: (index: number) => number): void {
    this.#disk.settle(reached)
    this.#open.clear()
    for (const [inode, node] of this.#nodes) {
      node.bytes = this.#disk.contentOf(inode)
      node.entries.clear()
      for (const [name, child] of this.#disk.entriesOf(inode)) node.entries.set(name, child)
    }
  }

  /** All files below a folder, by their paths from it, with mode and content; of a folder only that it is there. */
  snapshot(path: string): Record<string, string> {
    const found: Record<string, string> = {}
    const visit = (inode: Inode, prefix: string) => {
      for (const [name, child] of this.#node(inode).entries) {
        const node = this.#node(child)
        if (node.kind === 'folder') {
          found[`${prefix}${name}/`] = ''
          visit(child, `${prefix}${name}/`)
        } else found[prefix + name] = `${node.mode.toString(8)} ${node.bytes.toString()}`
      }
    }
    const inode = this.find(path)
    if (inode !== undefined) visit(inode, '')
    return found
  }

  #make(parent: Handle, name: string, node: Node): Inode {
    if (this.#node(this.#inode(parent)).entries.has(name)) throw systemError('EEXIST')
    const inode = this.#next++
    this.#nodes.set(inode, node)
    this.#name(this.#inode(parent), name, inode)
    return inode
  }

  #name(folder: Inode, name: string, inode: Inode): void {
    this.#node(folder).entries.set(name, inode)
    this.#disk.change([folder], (disk) => disk.entries.get(folder)?.set(name, inode))
  }

  #unname(folder: Inode, name: string): void {
    this.#node(folder).entries.delete(name)
    this.#disk.change([folder], (disk) => disk.entries.get(folder)?.delete(name))
  }

  #child(folder: Inode, name: string, kind: Node['kind']): Inode {
    const inode = this.#node(folder).entries.get(name)
    if (inode === undefined) throw systemError('ENOENT')
    if (this.#node(inode).kind !== kind) throw systemError(kind === 'folder' ? 'ENOTDIR' : 'EISDIR')
    return inode
  }

  #handle(inode: Inode): Handle {
    const handle = this.#next++
    this.#open.set(handle, { inode, at: 0 })
    return handle
  }

  #inode(handle: Handle): Inode {
    const open = this.#open.get(handle)
    if (!open) throw systemError('EBADF')
    return open.inode
  }

  #node(inode: Inode): Node {
    const node = this.#nodes.get(inode)
    if (!node) throw systemError('EIO')
    return node
  }
}
