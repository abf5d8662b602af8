import { createHash } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { gitIn, pathsIn } from './git-call.ts'

/** The state of each repository in the tree, by its folder: submodules, and those that git only names. */
export type Nested = Readonly<Record<string, string>>

/** They are not copied; their files are compared by size, time and inode. */
export async function readNested(root: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const git = gitIn(root, env)
  const staged = pathsIn(await git('ls-files', '-s', '-z')).flatMap(
    (line) => /^160000 .*?\t(.*)$/s.exec(line)?.[1] ?? [],
  )
  const others = pathsIn(await git('ls-files', '--others', '--exclude-standard', '-z'))
  const folders = [...staged, ...others.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1))]
  const states: Record<string, string> = {}
  for (const folder of folders) {
    if (existsSync(join(root, folder, '.git'))) states[folder] = await stateOf(join(root, folder), env)
  }
  return states
}

/** A line for each that an agent changed, made or removed. */
export function tellNested(before: Nested, now: Nested): string[] {
  const folders = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...folders].flatMap((folder) => {
    const [was, is] = [before[folder], now[folder]]
    if (was === is) return []
    const what =
      was === undefined ? 'was made' : is === undefined ? 'is gone' : `was changed (before: ${was.slice(0, 12)})`
    return [`${folder}: the repository in this folder ${what}; there is no copy of it, so it was left so`]
  })
}

async function stateOf(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const git = gitIn(folder, env)
  const head = (await git('rev-parse', '-q', '--verify', 'HEAD'))?.trim() ?? 'no commit'
  const branch = (await git('symbolic-ref', '-q', 'HEAD'))?.trim() ?? ''
  const hash = createHash('sha256')
  for (const path of pathsIn(await git('ls-files', '--cached', '--others', '--exclude-standard', '-z'))) {
    hash.update(`${path}\0${stampOf(join(folder, path))}\0`)
  }
  return `${head} ${branch} ${hash.digest('hex')}`
}

function stampOf(file: string): string {
  try {
    const { size, mtimeMs, ino, mode } = lstatSync(file)
    return [size, mtimeMs, ino, mode].join(' ')
  } catch {
    return ''
  }
}
