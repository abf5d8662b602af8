import { readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import type { Repository } from '../repository/find-repository.ts'
import type { GitConfig } from '../repository/git-config.ts'
import { globToRegExp } from './glob.ts'
import { type ConfigEntry, ConfigError, parseConfig } from './parse-config.ts'

/** How deep files may include files; git's own limit. */
const DEEPEST = 10

/** What conditions of `includeIf` are judged by. */
interface Place {
  readonly home: string
  readonly gitDir: string
  readonly branch: string | undefined
}

/**
 * The effective configuration: the system's, the user's, the repository's, then what the environment adds, each with
 * what it includes.
 *
 * @throws CommandError (3) naming a file that is not of git's format or cannot be read
 */
export function readNativeConfig(
  repository: Repository,
  branch: string | undefined,
  env: NodeJS.ProcessEnv,
): GitConfig {
  const home = env['HOME'] ?? '/'
  const place: Place = { home, gitDir: repository.gitDir, branch }
  const noSystem = !['', 'false', '0', 'no', 'off'].includes((env['GIT_CONFIG_NOSYSTEM'] ?? '').toLowerCase())
  const system = noSystem ? [] : [env['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig']
  const user =
    env['GIT_CONFIG_GLOBAL'] === undefined
      ? [join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'git/config'), join(home, '.gitconfig')]
      : [env['GIT_CONFIG_GLOBAL']]
  const own = readFile(join(repository.commonDir, 'config'), place, 0)
  const hasWorktreeFile = own.some(
    ({ key, value }) => key === 'extensions.worktreeconfig' && /^(true|yes|on|1)$/i.test(value),
  )
  const entries = [
    ...[...system, ...user].flatMap((file) => readFile(file, place, 0)),
    ...own,
    ...(hasWorktreeFile ? readFile(join(repository.gitDir, 'config.worktree'), place, 0) : []),
    ...environmentEntries(env),
  ]
  const values = new Map(entries.map(({ key, value }) => [key, value]))
  return { get: (key) => values.get(key), keys: () => [...values.keys()] }
}

function readFile(file: string, place: Place, depth: number): ConfigEntry[] {
  if (depth > DEEPEST) throw new CommandError(ExitStatus.Failed, `${file}: is included too deeply`)
  const text = readText(file)
  try {
    return parseConfig(text).flatMap((entry) => {
      const included = isIncluded(entry, file, place) ? [resolvePath(entry.value, file, place.home)] : []
      return [entry, ...included.flatMap((path) => readFile(path, place, depth + 1))]
    })
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(ExitStatus.Failed, `${file}: ${error.message}`)
    throw error
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return ''
    throw new CommandError(ExitStatus.Failed, `${file}: ${reasonOf(error)}`)
  }
}

function isIncluded({ key }: ConfigEntry, file: string, place: Place): boolean {
  if (key === 'include.path') return true
  const condition = /^includeif\.(.*)\.path$/s.exec(key)?.[1]
  if (condition === undefined) return false
  const [, kind = '', pattern = ''] = /^([^:]*):(.*)$/s.exec(condition) ?? []
  switch (kind) {
    case 'gitdir':
    case 'gitdir/i':
      return isInFolder(pattern, file, place, kind === 'gitdir/i')
    case 'onbranch':
      return place.branch !== undefined && globToRegExp(pattern.replace(/\/$/, '/**')).test(place.branch)
    case 'hasconfig':
      throw new CommandError(ExitStatus.Failed, `${file}: includeIf "${condition}" is not understood (install git)`)
    default:
      // As git does with a condition that it does not know.
      return false
  }
}

function isInFolder(written: string, file: string, { home, gitDir }: Place, ignoreCase: boolean): boolean {
  let pattern = written
  if (pattern.startsWith('~/')) pattern = realOrSame(home) + pattern.slice(1)
  else if (pattern.startsWith('./')) pattern = realOrSame(dirname(file)) + pattern.slice(1)
  else if (!isAbsolute(pattern)) pattern = `**/${pattern}`
  if (pattern.endsWith('/')) pattern += '**'
  return globToRegExp(pattern, ignoreCase).test(gitDir)
}

function realOrSame(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}

function resolvePath(path: string, file: string, home: string): string {
  if (path.startsWith('~/')) return join(home, path.slice(2))
  return isAbsolute(path) ? path : join(dirname(file), path)
}

function environmentEntries(env: NodeJS.ProcessEnv): ConfigEntry[] {
  const count = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0
  return Array.from({ length: count }, (_, index) => {
    const [, section = '', rest = ''] = /^([^.]*)\.(.*)$/s.exec(env[`GIT_CONFIG_KEY_${index}`] ?? '') ?? []
    const dot = rest.lastIndexOf('.')
    const name = rest.slice(dot + 1).toLowerCase()
    const key = `${section.toLowerCase()}.${dot < 0 ? '' : `${rest.slice(0, dot)}.`}${name}`
    return { key, value: env[`GIT_CONFIG_VALUE_${index}`] ?? '' }
  })
}
