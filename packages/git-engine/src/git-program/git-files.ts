import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyIndex } from './copy-index.ts'
import type { Repository } from '../repository/find-repository.ts'
import type { Hash } from '../repository/git-object.ts'
import { listEntries } from './git-index.ts'
import type { Git } from './git-program.ts'
import { attributeError } from './attribute-error.ts'
import { readFile } from '../working-tree/working-file.ts'

/** @param attributes that are refused; as Engine.checkAttributes */
export async function checkAttributes(
  git: Git,
  paths: readonly string[],
  attributes: readonly string[],
): Promise<void> {
  const [first] = await readAttributes(git, paths, attributes)
  if (first) throw attributeError(first)
}

/** An attribute as `git check-attr` prints it. */
export interface Attribute {
  readonly path: string
  readonly attribute: string
  readonly value: string
}

/** Those of some attributes that are set, or said to be anything, for some paths. */
export async function readAttributes(
  git: Git,
  paths: readonly string[],
  attributes: readonly string[],
): Promise<Attribute[]> {
  if (paths.length === 0 || attributes.length === 0) return []
  const { stdout } = await git(['check-attr', '-z', '--stdin', ...attributes], {
    stdin: paths.map((path) => `${path}\0`).join(''),
  })
  const fields = stdout.toString().split('\0')
  const found: Attribute[] = []
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', attribute = '', value = ''] = fields.slice(at, at + 3)
    if (value !== 'unspecified' && value !== 'unset') found.push({ path, attribute, value })
  }
  return found
}

/** As Engine.readCheckouts, of files whose attributes are checked. */
export async function readCheckouts(
  git: Git,
  files: readonly { readonly path: string; readonly hash: Hash }[],
): Promise<Buffer[]> {
  const contents: Buffer[] = []
  // One process a file: in a batch, git announces the length from before the conversion.
  for (const { path, hash } of files) {
    contents.push((await git(['cat-file', '--filters', `--path=${path}`, hash])).stdout)
  }
  return contents
}

/**
 * A file with carriage returns is stored with the index at hand, a copy of it: where they are in the index already,
 * git keeps them, which `hash-object` does not know.
 */
export async function storeFiles(git: Git, { root, gitDir }: Repository, paths: readonly string[]): Promise<Hash[]> {
  const isPlain = (path: string) => readFile(join(root, path))?.includes('\r\n') !== true
  const plain = paths.filter(isPlain)
  const other = paths.filter((path) => !plain.includes(path))
  const hashes = new Map<string, Hash>()
  if (plain.length > 0) {
    // A line that begins with a quote would be taken for a quoted one.
    const lines = plain.map((path) => `${path.startsWith('"') ? JSON.stringify(path) : path}\n`).join('')
    const { stdout } = await git(['hash-object', '-w', '--stdin-paths'], { stdin: lines })
    for (const [index, hash] of stdout.toString().split('\n').entries()) hashes.set(plain[index] ?? '', hash)
  }
  if (other.length > 0) {
    const copy = join(gitDir, 'lr', 'stored')
    copyIndex(gitDir, copy)
    const lines = other.map((path) => `${path}\0`).join('')
    const env = { GIT_INDEX_FILE: copy }
    await git(['update-index', '--add', '-z', '--stdin'], { stdin: lines, env })
    for (const { path, hash } of await listEntries(git, other, env)) hashes.set(path, hash)
    rmSync(copy, { force: true })
  }
  return paths.map((path) => hashes.get(path) ?? '')
}
