import { existsSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { findOnPath, isProgram } from '@loop-runner/cli-kit'

/** Where projects keep the programs that they install for themselves. */
const PROJECT_PLACES = ['node_modules/.bin', '.venv/bin', 'venv/bin']

/**
 * How a program is called from `cwd`: by its path in the virtual environment that a variable names, by the path of the
 * project's own copy, in `cwd` or a folder above it, or by its bare name if it is on PATH. Undefined if it is nowhere.
 */
export function findProgram(name: string, cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  if (name.includes('/')) return isProgram(resolve(cwd, name)) ? name : undefined
  for (const place of [...environmentPlaces(cwd, env), ...projectPlaces(cwd)]) {
    if (isProgram(`${place}/${name}`)) return calledFrom(cwd, `${place}/${name}`, env)
  }
  return findOnPath(name, env) === undefined ? undefined : name
}

/** The programs of the virtual environments that variables name, the one for this program first. */
export function environmentPlaces(cwd: string, env: NodeJS.ProcessEnv): string[] {
  const folders = [env['LOOP_RUNNER_VENV'], env['VIRTUAL_ENV']]
  return folders.flatMap((folder) => (folder === undefined || folder === '' ? [] : [resolve(cwd, folder, 'bin')]))
}

/** By its bare name if PATH leads to it; relative to `cwd` if it is there or above in the project. */
function calledFrom(cwd: string, path: string, env: NodeJS.ProcessEnv): string {
  if (findOnPath(basename(path), env) === path) return basename(path)
  return projectFolders(cwd).some((folder) => path.startsWith(`${folder}/`)) ? relative(cwd, path) : path
}

/** Why a program, called so from `folder`, cannot be started: the code that the system would give. */
export function startErrorOf(name: string, folder: string, env: NodeJS.ProcessEnv): 'ENOENT' | 'EACCES' | undefined {
  if (!name.includes('/')) return findOnPath(name, env) === undefined ? 'ENOENT' : undefined
  const path = resolve(folder, name)
  if (isProgram(path)) return undefined
  return existsSync(path) ? 'EACCES' : 'ENOENT'
}

let places: { readonly cwd: string; readonly folders: readonly string[] } | undefined

/** The folders in which the project keeps programs; looked for once. */
function projectPlaces(cwd: string): readonly string[] {
  if (places?.cwd !== cwd) {
    const all = projectFolders(cwd).flatMap((folder) => PROJECT_PLACES.map((place) => join(folder, place)))
    places = { cwd, folders: all.filter(existsSync) }
  }
  return places.folders
}

/** `cwd` and what is above it, up to the root of the repository; outside a repository `cwd` alone, for others may own what is above. */
export function projectFolders(cwd: string): string[] {
  const folders: string[] = []
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder)
    if (existsSync(join(folder, '.git'))) return folders
    if (dirname(folder) === folder) return [cwd]
  }
}
