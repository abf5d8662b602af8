import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, reasonOf, UsageError } from '../command-error.ts'
import { userConfigFolder } from '../state-folder.ts'
import type { ConfigFile } from './config-file.ts'
import { trustOf } from './trusted-files.ts'

/**
 * The configuration files that apply, nearest first: the one named, or else the first `lr.yaml` from `cwd` upwards;
 * then the user's own.
 *
 * @throws UsageError for a named file that is not there, for one above `cwd` that is a stranger's, and for one that is not
 *   YAML
 */
export async function readConfigFiles(
  cwd: string,
  env: NodeJS.ProcessEnv,
  named: string | undefined,
): Promise<ConfigFile[]> {
  const project =
    named === undefined ? findUpwards(cwd) : { path: named, text: readText(named), origin: 'named' as const }
  if (project && project.text === undefined) throw new UsageError(`${project.path}: no such configuration file`)
  const userPath = join(userConfigFolder(env), 'config.yaml')
  const user = { path: userPath, text: readText(userPath), origin: 'own' as const }
  const files: ConfigFile[] = []
  for (const file of [project, user]) {
    if (file?.text === undefined) continue
    const { parseConfig } = await import('./parse-config.ts')
    const { path, text, origin } = file
    const isFound = origin === 'here' || origin === 'above'
    const trust = () => (isFound ? trustOf(path, text, env) : 'trusted')
    files.push(parseConfig(path, text, { origin, trust }))
  }
  return files
}

/**
 * The `lr.yaml` that applies in a folder if no option names one; undefined if no file is found.
 *
 * @throws UsageError for one above it that is a stranger's
 */
export function findConfigFile(folder: string): { readonly path: string; readonly text: string } | undefined {
  return findUpwards(folder)
}

function findUpwards(cwd: string) {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, 'lr.yaml')
    refuseOther(path)
    const text = readText(path)
    if (text !== undefined) {
      if (folder !== cwd) refuseStranger(path, cwd)
      return { path, text, origin: folder === cwd ? ('here' as const) : ('above' as const) }
    }
    if (dirname(folder) === folder) return undefined
  }
}

/** A pipe or a device that is found would be read without an end; one that is named may well be `<(…)`. */
function refuseOther(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status && !status.isFile() && !status.isDirectory()) throw new UsageError(`${path}: not a regular file`)
}

/**
 * A configuration can name commands. Above the working directory others may have put one, as in /tmp: it has to belong to
 * the user, to the administrator or to whom the working directory belongs.
 */
function refuseStranger(path: string, cwd: string): void {
  const { uid } = statSync(path)
  if ([process.getuid?.(), 0, statSync(cwd).uid].includes(uid)) return
  throw new UsageError(`${path}: belongs to another user (if you trust it: --config ${path})`)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // A folder that may not be searched hides whether the file is there; one that is seen must be readable.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '') && !existsSync(path)) return undefined
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}
