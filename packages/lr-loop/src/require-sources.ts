import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type Io, nearest, UsageError, workingTreeOf } from '@loop-runner/cli-kit'
import { isBlock } from '@loop-runner/block-format'
import { listSources, readSource } from '@loop-runner/source-files'
import { isInside } from './is-inside.ts'
import type { LoopSettings } from './settings.ts'

/** The default of lr-apply --max-size. */
const MAX_BYTES = 2_000_000
/** Commands, and words that are easily taken for one, by which a source is not meant. */
const COMMANDS: Readonly<Record<string, string>> = {
  init: 'lr-loop init',
  doctor: 'lr-loop doctor',
  config: 'lr-loop config',
  trust: 'lr-loop trust',
  runs: 'lr-loop runs',
  show: 'lr-loop show',
  receipt: 'lr-loop receipt',
  completion: 'lr-loop completion',
  diff: 'lr-loop show --diff',
  version: 'lr-loop --version',
  start: 'lr-git start',
  undo: 'lr-git undo',
  finish: 'lr-git finish',
  abandon: 'lr-git abandon',
  best: 'lr-git best',
  status: 'lr-loop show',
  log: 'lr-loop show',
  history: 'lr-loop runs',
  list: 'lr-loop runs',
  resume: 'lr-loop --resume',
  help: 'lr-loop --help',
}

/**
 * A source that our apply stage can never write is found out before the first request. A source that does not exist is a
 * file to be made.
 *
 * @param testFolders of the sources
 * @throws UsageError for the first that can be neither written nor made, and for a context file that does not exist
 */
export async function requireSources(settings: LoopSettings, testFolders: readonly string[], io: Io): Promise<void> {
  const { cwd, stages, replaced } = settings
  const missing =
    replaced.prompt === undefined ? stages.context.find((path) => !existsSync(resolve(cwd, path))) : undefined
  if (missing !== undefined) throw new UsageError(`${missing}: no such file or directory (option --context)`)
  if (replaced.check !== undefined || replaced.apply !== undefined) return
  for (const source of stages.sources) {
    const path = resolve(cwd, source)
    if (!isInside(path, cwd))
      throw new UsageError(`${source}: outside the working directory (run there, or use -C DIR)`)
    if (!existsSync(path) && !isLink(path)) requireNewName(source, settings)
    else requireWritable(source, path, cwd)
  }
  await requireUnprotected(settings, testFolders, io)
}

/** A name that is meant otherwise: a command, or a slip. */
function requireNewName(source: string, { cwd, stages }: LoopSettings): void {
  const word = stages.sources[0] === source ? nearest(source, Object.keys(COMMANDS)) : undefined
  if (word !== undefined)
    throw new UsageError(`${source}: no such file or directory (did you mean "${COMMANDS[word]}"?)`)
  if (source.endsWith('/')) throw new UsageError(`${source}: no such folder`)
  const folder = dirname(resolve(cwd, source))
  const names = existsSync(folder) ? readdirSync(folder) : []
  const name = source.slice(source.lastIndexOf('/') + 1)
  const like = nearest(
    name,
    names.filter((file) => mayBeSlip(name, file)),
  )
  // As in a reply, ./ says that the name is meant.
  if (like === undefined || source.startsWith('./')) return
  const path = join(dirname(source), like)
  throw new UsageError(
    `${source}: no such file or directory (did you mean ${path}? To create a new file of that name, write ./${source})`,
  )
}

/** A number is meant: day2.py is not day1.py. So are short names: set.js is not get.js. */
function mayBeSlip(name: string, file: string): boolean {
  const withoutNumbers = (text: string) => text.replaceAll(/\d+/g, '0')
  return !/^[^.]{1,3}\./.test(name) && withoutNumbers(name) !== withoutNumbers(file)
}

function requireWritable(source: string, path: string, cwd: string): void {
  const problem = unwritable(path, relative(cwd, path), cwd)
  if (problem !== undefined) throw new UsageError(`${source}: ${problem}`)
}

/** Why no reply can change a path, and the way out; undefined if one can. */
function unwritable(path: string, name: string, cwd: string): string | undefined {
  if (/(?:^|\/)\.git(?:\/|$)/.test(name)) return "git's own, which is never written (name the files that may change)"
  if (isLink(path)) return 'a symbolic link, which is never written (name the file that it points to)'
  const status = statSync(path)
  const tree = workingTreeOf(status.isDirectory() ? path : dirname(path))
  if (tree !== workingTreeOf(cwd) && existsSync(join(tree, '.git')))
    return `in a repository of its own (run lr-loop there: -C ${relative(cwd, tree) || tree})`
  if (status.isDirectory()) return undefined
  if (!status.isFile()) return 'not a regular file'
  if ((status.mode & 0o222) === 0) return `read-only (chmod u+w ${name})`
  if (status.size > MAX_BYTES) return `larger than ${MAX_BYTES / 1e6} MB, which no reply can hold (split it)`
  if (!isBlock(readSource(name, cwd))) return 'not UTF-8 text (convert it, or leave it out of the sources)'
  return undefined
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** Tests in a folder stay as they are unless a source names the file itself. */
async function requireUnprotected({ cwd, stages }: LoopSettings, folders: readonly string[], io: Io): Promise<void> {
  const [first] = folders
  if (first === undefined) return
  const [file = join(first, 'FILE')] = await listSources([first], cwd, io.env)
  if (folders.length === stages.sources.length)
    throw new UsageError(
      `${first}: tests are protected unless a SOURCE names the file (name the files that may change, such as ${file})`,
    )
  io.warn(`${first}: read-only, because it holds tests (to allow changes, name its files, such as ${file})`)
}
