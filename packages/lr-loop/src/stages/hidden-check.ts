import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { isBlock, parseStream, writeStream } from '@loop-runner/block-format'
import { makeProtection, pathMatcher, startedBy } from '@loop-runner/source-files'
import { isInside } from '../is-inside.ts'
import type { LoopSettings } from '../settings.ts'
import type { StageCall } from './run-stage.ts'

/** The action of the check stage that runs the hidden check; a further one of an iteration has a suffix. */
export const CONFIRM = 'confirm'

export function isHidden({ stage, action }: Pick<StageCall, 'stage' | 'action'>): boolean {
  return stage === 'check' && action?.startsWith(CONFIRM) === true
}

/**
 * Files and folders of the hidden check, which no prompt shows and no reply may change: the scripts that it starts with
 * their folders, and what its command names. A file that the command names and a SOURCE holds is what is worked on, unless
 * it is a test.
 */
export function hiddenPaths({ confirmCommand, checkCommand, sources }: LoopSettings['stages'], cwd: string): string[] {
  if (confirmCommand === undefined) return []
  const { scripts, named } = pathsOf(confirmCommand, cwd)
  const shown = checkCommand === undefined ? { scripts: [], named: [] } : pathsOf(checkCommand, cwd)
  const isTest = makeProtection([], [])
  const isWorkedOn = (path: string) => {
    const isInSource = sources.some((source) => isBelow(path, source, cwd))
    return (
      sources.some((source) => isBelow(source, path, cwd)) || (isInSource && isTest(asFile(path, cwd)) === undefined)
    )
  }
  const isShared = (folder: string) =>
    [...sources, ...shown.scripts, ...shown.named].some((path) => isBelow(path, folder, cwd))
  const own = scripts.filter((path) => !sources.includes(path))
  const folders = own.map((path) => dirname(path)).filter((folder) => !isShared(folder) && !isBelow('.', folder, cwd))
  return [...new Set([...own, ...folders, ...named.filter((path) => !isWorkedOn(path))])]
}

function pathsOf(command: readonly string[], cwd: string) {
  const { scripts, commands } = startedBy(command, cwd)
  const named = commands
    .flatMap(({ words }) => words.slice(1))
    .map((word) => relative(cwd, resolve(cwd, word.replace(/::.*$/, ''))))
    .filter((path) => path !== '' && !path.startsWith('..') && existsSync(join(cwd, path)))
  return { scripts, named }
}

/** Whether a path is a folder or is in it; both as they are seen from `cwd`. */
function isBelow(path: string, folder: string, cwd: string): boolean {
  return isInside(resolve(cwd, path), resolve(cwd, folder))
}

/** A stream without the blocks of hidden files. */
export function withoutHidden(stream: string, hidden: readonly string[]): string {
  if (hidden.length === 0) return stream
  const isHiddenPath = pathMatcher(hidden)
  return writeStream(parseStream(stream).filter((part) => !isBlock(part) || !isHiddenPath(part.name)))
}

/** A folder is a test folder if files in it are tests. */
function asFile(path: string, cwd: string): string {
  return statSync(join(cwd, path)).isDirectory() ? join(path, 'x') : path
}
