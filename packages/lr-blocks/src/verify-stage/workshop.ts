import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Files } from './stage-case.ts'

/** A throw-away folder: the tree that a stage works on, and around it what a loop would have outside of it. */
export interface Workshop extends Disposable {
  /** The stage's working directory. */
  readonly tree: string
  /** `LR_RUN_DIR`. */
  readonly run: string
  /** Where a program keeps what it remembers: not in the user's own folder. */
  readonly state: string
  /** Files outside of the tree that a stage has made. */
  readonly strays: () => string[]
}

/** Two files, for a stage that works on anything. */
export const OWN_FILES: Files = new Map([
  ['src/a.txt', Buffer.from('one\ntwo  \n')],
  ['src/b.txt', Buffer.from('three\n')],
])

/**
 * Makes a throw-away folder.
 *
 * @param source the folder that the files are copied from, with their modes; none where `files` are our own
 */
export function makeWorkshop(files: Files, source: string | undefined): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'lr-verify-stage-'))
  const [tree, run, state] = [join(root, 'tree'), join(root, 'run'), join(root, 'state')]
  for (const folder of [tree, run, state]) mkdirSync(folder)
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    if (source === undefined) writeFileSync(join(tree, path), bytes)
    else copyFileSync(join(source, path), join(tree, path))
  }
  return {
    tree,
    run,
    state,
    strays: () => readdirSync(root).filter((name) => !['tree', 'run', 'state'].includes(name)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Puts other contents into files of a tree. */
export function writeContents(tree: string, contents: Readonly<Record<string, string>> = {}): void {
  for (const [path, text] of Object.entries(contents)) writeFileSync(join(tree, path), text)
}

/** The files of a tree as they are now, except for git's own. */
export function readTree(tree: string): Files {
  const entries = readdirSync(tree, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
  return new Map(
    paths.filter((path) => !path.startsWith('.git/')).map((path) => [path, readFileSync(join(tree, path))]),
  )
}
