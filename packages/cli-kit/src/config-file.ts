import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, reasonOf, UsageError } from './command-error.ts'

/** A configuration file as read: its top-level keys, not yet judged. */
export interface ConfigFile {
  readonly path: string
  readonly keys: Readonly<Record<string, unknown>>
}

/**
 * The configuration files that apply, nearest first: the one named, or else the first `lr.yaml` from `cwd` upwards;
 * then the user's own.
 *
 * @throws UsageError for a named file that is not there, and for one that is not YAML
 */
export async function readConfigFiles(
  cwd: string,
  env: NodeJS.ProcessEnv,
  named: string | undefined,
): Promise<ConfigFile[]> {
  const project = named === undefined ? findUpwards(cwd) : { path: named, text: readText(named) }
  if (project && project.text === undefined) throw new UsageError(`${project.path}: no such configuration file`)
  const userPath = join(userConfigFolder(env), 'config.yaml')
  const user = { path: userPath, text: readText(userPath) }
  const files: ConfigFile[] = []
  for (const file of [project, user]) {
    if (file?.text !== undefined) files.push(await parseConfig(file.path, file.text))
  }
  return files
}

/** Where the user's configuration lies: `$XDG_CONFIG_HOME/loop-runner`, or `~/.config/loop-runner`. */
export function userConfigFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || '/', '.config'), 'loop-runner')
}

function findUpwards(cwd: string): { path: string; text: string | undefined } | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, 'lr.yaml')
    const text = readText(path)
    if (text !== undefined) return { path, text }
    if (dirname(folder) === folder) return undefined
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return undefined
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}

async function parseConfig(path: string, text: string): Promise<ConfigFile> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw new UsageError(`${path}: line ${lines.linePos(error.pos[0]).line}: ${error.message}`)
  const keys: unknown = document.toJS()
  if (keys === null || keys === undefined) return { path, keys: {} }
  if (typeof keys !== 'object' || Array.isArray(keys)) throw new UsageError(`${path}: a mapping of options is expected`)
  return { path, keys: keys as Record<string, unknown> }
}
