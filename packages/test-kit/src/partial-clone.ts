import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Settings of a repository by which a plain git, when it misses an object, runs `touch MARK`. */
export const LAZY_FETCHES: readonly (readonly [how: string, settings: (mark: string) => Record<string, string>])[] = [
  ['ext::', (mark) => ({ 'remote.origin.url': `ext::touch ${mark}`, 'protocol.ext.allow': 'always' })],
  ['ssh://', (mark) => ({ 'remote.origin.url': 'ssh://127.0.0.1:1/x', 'core.sshCommand': `touch ${mark};` })],
  ['uploadpack', (mark) => ({ 'remote.origin.url': '.', 'remote.origin.uploadpack': `touch ${mark};` })],
]

/** A repository in which a file was changed whose committed content is missing, and would be fetched. */
export interface PartialClone {
  /** Whether git ran what the repository configures. */
  readonly ranProgram: () => boolean
}

/** Makes a folder one commit of all that is in it, and a partial clone that misses the content of `file`. */
export function makePartialClone(
  folder: string,
  file: string,
  settingsOf: (mark: string) => Record<string, string>,
  env: Readonly<Record<string, string>>,
): PartialClone {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim()
  const mark = join(folder, '.git', 'mark')
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
  const hash = git('rev-parse', `HEAD:${file}`)
  const settings = { 'extensions.partialClone': 'origin', 'remote.origin.promisor': 'true', ...settingsOf(mark) }
  for (const [key, value] of Object.entries(settings)) git('config', key, value)
  rmSync(join(folder, '.git/objects', hash.slice(0, 2), hash.slice(2)))
  appendFileSync(join(folder, file), '\n')
  return { ranProgram: () => existsSync(mark) }
}
