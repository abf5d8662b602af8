import { createHash } from 'node:crypto'

/** The full hexadecimal name of an object: 40 digits, or 64 in a SHA-256 repository. */
export type Hash = string

export type ObjectFormat = 'sha1' | 'sha256'

/** An object as git stores it, without its header. */
export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit'
  readonly bytes: Buffer
}

/** A GitObject and its name. */
export interface NamedObject extends GitObject {
  readonly hash: Hash
}

/** A line of a tree. */
export interface TreeEntry {
  /** Octal as in the tree: `100644`, `100755`, `120000` (link), `160000` (submodule), `40000` (folder). */
  readonly mode: string
  readonly name: string
  readonly hash: Hash
}

export const FOLDER_MODE = '40000'
export const SUBMODULE_MODE = '160000'

/** What a commit says. */
export interface Commit {
  readonly tree: Hash
  readonly parents: readonly Hash[]
  /** `Name <email> seconds zone`. */
  readonly author: string
  readonly committer: string
  readonly message: string
}

/** Gives an object its name. */
export function nameObject({ type, bytes }: GitObject, format: ObjectFormat): NamedObject {
  const hash = createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')
  return { type, bytes, hash }
}

/** Reads the bytes of a tree. Names are taken byte by byte (latin1), so that those that are not UTF-8 survive. */
export function parseTree(bytes: Buffer, format: ObjectFormat): TreeEntry[] {
  const hashLength = format === 'sha1' ? 20 : 32
  const entries: TreeEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const end = bytes.indexOf(0, space)
    const next = end + 1 + hashLength
    entries.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, end),
      hash: bytes.toString('hex', end + 1, next),
    })
    at = next
  }
  return entries
}

/** Writes a tree's bytes; entries are brought into git's order, in which a folder's name ends in a slash. */
export function writeTree(entries: readonly TreeEntry[]): Buffer {
  const key = ({ mode, name }: TreeEntry) => (mode === FOLDER_MODE ? `${name}/` : name)
  const sorted = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return Buffer.concat(
    sorted.flatMap(({ mode, name, hash }) => [Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(hash, 'hex')]),
  )
}

/** Reads the bytes of a commit. Headers that we do not use (encoding, signature) are skipped. */
export function parseCommit(bytes: Buffer): Commit {
  const text = bytes.toString('utf8')
  const split = text.indexOf('\n\n')
  const headers = (split < 0 ? text : text.slice(0, split)).split('\n')
  const values = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
  const [tree = '', author = '', committer = ''] = ['tree', 'author', 'committer'].map((name) => values(name)[0] ?? '')
  return { tree, parents: values('parent'), author, committer, message: split < 0 ? '' : text.slice(split + 2) }
}

/** Writes a commit's bytes. */
export function writeCommit({ tree, parents, author, committer, message }: Commit): Buffer {
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    `committer ${committer}`,
  ]
  return Buffer.from(`${lines.join('\n')}\n\n${message}`)
}
