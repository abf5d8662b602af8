import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/** Where what outlives a run is kept: `$XDG_STATE_HOME/loop-runner`, or `~/.local/state/loop-runner`. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(baseFolder(env, 'XDG_STATE_HOME', '.local/state'), 'loop-runner')
}

/** Where lies what can be made again: `$XDG_CACHE_HOME/loop-runner`, or `~/.cache/loop-runner`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(baseFolder(env, 'XDG_CACHE_HOME', '.cache'), 'loop-runner')
}

/** Where the user's configuration lies: `$XDG_CONFIG_HOME/loop-runner`, or `~/.config/loop-runner`. */
export function userConfigFolder(env: NodeJS.ProcessEnv): string {
  return join(baseFolder(env, 'XDG_CONFIG_HOME', '.config'), 'loop-runner')
}

/** The working tree that a folder belongs to: the nearest one upwards that holds `.git`, else the folder itself. */
export function workingTreeOf(folder: string): string {
  for (let tree = folder; ; tree = dirname(tree)) {
    if (existsSync(join(tree, '.git'))) return tree
    if (dirname(tree) === tree) return folder
  }
}

/** What a variable names; a relative path in it is ignored (XDG Base Directory Specification). */
function baseFolder(env: NodeJS.ProcessEnv, variable: string, inHome: string): string {
  const named = env[variable] ?? ''
  return isAbsolute(named) ? named : join(homeFolder(env), inHome)
}

/** Where no variable tells of it, as under cron or `env -i`, it is the one of the user that we run as. */
function homeFolder({ HOME }: NodeJS.ProcessEnv): string {
  // A relative one would put state and keys into whatever folder a program is started in.
  if (HOME !== undefined && isAbsolute(HOME)) return HOME
  try {
    return userInfo().homedir
  } catch {
    // A user that the system does not know, as in some containers.
    return '/'
  }
}
