import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PathRewriter } from './path-rewriter.ts'
import { rewriteScript } from './rewrite-script.ts'

/** Marks the folder of a virtual environment of Python. */
export const ENVIRONMENT_FILE = 'pyvenv.cfg'

/** What is read of an environment: a program or a data set is longer. */
const LONGEST = 1_000_000
/** In `site-packages`: paths of packages that are installed from a folder, and what finds them. */
const EDITABLE = /\.(?:pth|egg-link)$|editable.*\.py$/

/**
 * Rewrites what names its own place in the copy of a virtual environment: its scripts, and the paths of packages that are
 * installed from a folder of the tree. Without that, `pip` would install into the original.
 *
 * @param folder the copy
 */
export function relocateEnvironment(folder: string, rewrite: PathRewriter): void {
  for (const file of [...textsOf(folder), ...scriptsOf(folder)]) relocateFile(file, rewrite)
}

function textsOf(folder: string): readonly string[] {
  const libraries = ['lib', 'lib64', 'Lib'].flatMap((name) => foldersIn(folder, name))
  const packages = libraries.flatMap((library) => [
    ...foldersIn(library, 'site-packages'),
    ...foldersIn(library, /^(?:python|pypy)/).flatMap((version) => foldersIn(version, 'site-packages')),
  ])
  const kernels = foldersIn(folder, 'share')
    .flatMap((share) => foldersIn(share, 'jupyter'))
    .flatMap((jupyter) => foldersIn(jupyter, 'kernels'))
    .flatMap((kernel) => foldersIn(kernel, /./))
  return [
    ...filesIn(folder, /^pyvenv\.cfg$/),
    ...packages.flatMap((site) => filesIn(site, EDITABLE)),
    ...packages
      .flatMap((site) => foldersIn(site, /\.dist-info$/))
      .flatMap((info) => filesIn(info, /^direct_url\.json$/)),
    ...kernels.flatMap((kernel) => filesIn(kernel, /^kernel\.json$/)),
  ]
}

function scriptsOf(folder: string): readonly string[] {
  return foldersIn(folder, /^(?:bin|Scripts)$/).flatMap((bin) => filesIn(bin, /./))
}

/** Real folders only: a link may lead out of the copy. */
function foldersIn(folder: string, name: string | RegExp): readonly string[] {
  return entriesIn(folder, name, (entry) => entry.isDirectory())
}

function filesIn(folder: string, name: RegExp): readonly string[] {
  return entriesIn(folder, name, (entry) => entry.isFile())
}

function entriesIn(
  folder: string,
  name: string | RegExp,
  isWanted: (entry: { isDirectory(): boolean; isFile(): boolean }) => boolean,
): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => isWanted(entry) && (typeof name === 'string' ? entry.name === name : name.test(entry.name)))
    .map((entry) => join(folder, entry.name))
}

function relocateFile(file: string, rewrite: PathRewriter): void {
  const { mode, size } = lstatSync(file)
  if (size > LONGEST) return
  const text = readFileSync(file, 'latin1')
  if (text.includes('\0')) return
  const relocated = rewriteScript(text, rewrite)
  if (relocated === text) return
  // A file that is only to be read is written all the same.
  rmSync(file)
  writeFileSync(file, relocated, 'latin1')
  chmodSync(file, mode & 0o7777)
}
