import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join, normalize, relative, sep } from 'node:path'
import { errorCode, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { listByGit } from './list-by-git.ts'
import { listByWalk } from './list-by-walk.ts'
import { withoutInstalled } from './without-installed.ts'

/**
 * The files that operands mean, as normalised paths relative to `cwd`, each once, in the order of the operands. A file
 * is taken as named, whatever the ignore rules say; a folder stands for the files that git would list in it (tracked
 * and untracked, not ignored), sorted; without git, for those that its .gitignore files do not exclude. All are regular
 * files.
 *
 * @param say told of each file of a folder that is left out because no text can name it
 * @throws UsageError for an operand that does not exist, is neither a file nor a folder, or lies outside `cwd`
 */
export async function listSources(
  operands: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  say: (message: string) => void = () => {},
): Promise<string[]> {
  const files = new Set<string>()
  for (const operand of operands) {
    const path = pathInside(operand, cwd)
    if (!isFolder(operand, join(cwd, path))) files.add(path)
    else for (const file of await listFolder(path, cwd, env)) if (hasName(file, cwd, say)) files.add(file)
  }
  return [...files]
}

/** The operand as a normalised path relative to `cwd`; `.` for `cwd` itself. */
function pathInside(operand: string, cwd: string): string {
  if (operand === '') throw new UsageError('empty operand (expected a file or a folder)')
  const path = isAbsolute(operand) ? relative(cwd, operand) || '.' : normalize(operand)
  const inside = path.replace(/\/+$/, '')
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new UsageError(`${operand}: outside the working directory (run there, or use -C DIR)`)
  }
  return inside
}

function isFolder(operand: string, path: string): boolean {
  const stat = statOrThrow(operand, path)
  if (!stat.isDirectory() && !stat.isFile()) throw new UsageError(`${operand}: not a regular file`)
  return stat.isDirectory()
}

function statOrThrow(operand: string, path: string) {
  try {
    return statSync(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && isDanglingLink(path))
      throw new UsageError(`${operand}: a broken symbolic link`)
    throw new UsageError(`${operand}: ${reasonOf(error)}`)
  }
}

function isDanglingLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

async function listFolder(folder: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const files = (await listByGit(folder, cwd, env)) ?? (await listByWalk(folder, cwd))
  return keepRegular(withoutInstalled(files, folder), cwd).sort((left, right) =>
    left < right ? -1 : left > right ? 1 : 0,
  )
}

/** Bytes of a name that are not UTF-8 have become U+FFFD, and so there is no such file. */
function hasName(file: string, cwd: string, say: (message: string) => void): boolean {
  if (!file.includes('\uFFFD') || existsSync(join(cwd, file))) return true
  say(`${JSON.stringify(file)} is left out: its name is not UTF-8`)
  return false
}

/**
 * Deleted files that git still tracks, submodules, links and special files are no sources. Folders are asked, not files:
 * one system call for all files in one, instead of a dear one each.
 */
function keepRegular(files: readonly string[], cwd: string): string[] {
  const regular = new Map<string, ReadonlySet<string>>()
  return files.filter((file) => {
    const end = file.lastIndexOf('/') + 1
    const folder = file.slice(0, end)
    let names = regular.get(folder)
    if (!names) regular.set(folder, (names = regularFilesIn(join(cwd, folder))))
    return names.has(file.slice(end))
  })
}

function regularFilesIn(folder: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name))
  } catch {
    // Deleted as a whole, or no longer a folder.
    return new Set()
  }
}
