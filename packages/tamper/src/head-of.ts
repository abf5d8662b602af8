import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { workingTreeOf } from '@loop-runner/cli-kit'

/** Where HEAD of the repository is: the file, its branch and commit. Undefined outside a repository. */
export interface Head {
  /** The content of `HEAD`. */
  readonly head: string
  /** The content of the file of its branch; empty if refs are stored in another way. */
  readonly commit: string
}

export function readHead(cwd: string): Head | undefined {
  try {
    const folder = gitFolder(workingTreeOf(cwd))
    const head = readFileSync(join(folder, 'HEAD'), 'utf8').trim()
    return { head, commit: commitOf(folder, head) }
  } catch {
    return undefined
  }
}

/** The change of HEAD during a check, described in words. */
export function describeMove(before: Head | undefined, now: Head | undefined): string | undefined {
  if (before === undefined || (before.head === now?.head && before.commit === now.commit)) return undefined
  const shown = ({ head, commit }: Head) =>
    commit === '' ? head : `${head.replace(/^ref: refs\/heads\//, '')} at ${commit}`
  return `HEAD: moved from ${shown(before)} to ${now ? shown(now) : 'nowhere'} by the check`
}

/** In a linked working tree `.git` is a file that names its folder. */
function gitFolder(tree: string): string {
  const git = join(tree, '.git')
  if (statSync(git).isDirectory()) return git
  return resolve(
    tree,
    readFileSync(git, 'utf8')
      .replace(/^gitdir: /, '')
      .trim(),
  )
}

function commitOf(folder: string, head: string): string {
  const name = /^ref: (.+)$/.exec(head)?.[1]
  if (name === undefined) return head
  const common = readOrEmpty(join(folder, 'commondir')) || '.'
  return readOrEmpty(resolve(folder, common, name)) || packed(resolve(folder, common, 'packed-refs'), name)
}

function packed(file: string, name: string): string {
  const line = readOrEmpty(file)
    .split('\n')
    .find((candidate) => candidate.endsWith(` ${name}`))
  return line?.split(' ', 1)[0] ?? ''
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
