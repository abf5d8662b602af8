import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * Where what outlives a run is kept: `$XDG_STATE_HOME/loop-runner`, or `~/.local/state/loop-runner`. A relative path in the
 * variable is ignored (XDG Base Directory Specification).
 */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_STATE_HOME'] ?? ''
  return join(isAbsolute(base) ? base : join(env['HOME'] || '/', '.local', 'state'), 'loop-runner')
}

/** Where lies what can be made again: `$XDG_CACHE_HOME/loop-runner`, or `~/.cache/loop-runner`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'] ?? ''
  return join(isAbsolute(base) ? base : join(env['HOME'] || '/', '.cache'), 'loop-runner')
}

/** The working tree that a folder belongs to: the nearest one upwards that holds `.git`, else the folder itself. */
export function workingTreeOf(folder: string): string {
  for (let tree = folder; ; tree = dirname(tree)) {
    if (existsSync(join(tree, '.git'))) return tree
    if (dirname(tree) === tree) return folder
  }
}
