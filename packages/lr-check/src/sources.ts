import { isUtf8 } from 'node:buffer'
import { lstatSync, readFileSync } from 'node:fs'
import { normalize, relative, resolve } from 'node:path'
import { isBlock, isRole, type Part, pathOfName } from '@loop-runner/block-format'
import { type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { type ChangedSince, listChanged, listSources, withoutOwnFiles } from '@loop-runner/source-files'

/** The sources of a check. */
export interface Sources {
  /** Paths relative to the working directory. */
  readonly files: readonly string[]
  /** The stream that named sources, to be passed on; empty where there was none. */
  readonly stream: readonly Part[]
  /** Sources that the stream shows already. */
  readonly shown: ReadonlySet<string>
  /** Sources that were named and do not exist: files to be made. */
  readonly absent: readonly string[]
  /** Sources that were named themselves, not the folder that they lie in. */
  readonly named: ReadonlySet<string>
}

/** Where sources may come from. */
export interface SourceRequest {
  readonly operands: readonly string[]
  readonly filesFrom: string | undefined
  /** Only changed files; if no source is named, all changed files. */
  readonly changed: ChangedSince | undefined
  /** Whether sources may come by standard input where nothing else names any. */
  readonly mayRead: boolean
  /** Whether there is something to run without sources too: a command, or checkers by name. */
  readonly canDoWithout: boolean
}

/**
 * The sources: the operands, the names in `--files-from`, and the path blocks of standard input, which is read for the
 * operand `-` and where nothing else names any.
 *
 * @throws UsageError for a source that cannot be read or made, and if none is given but one is needed
 */
export async function readSources(request: SourceRequest, io: Io): Promise<Sources> {
  const { operands, filesFrom } = request
  const stream = (await readStream(request, io)) ?? []
  const named = [...operands.filter((operand) => operand !== '-'), ...(await readNames(filesFrom, io))]
  const absent = named.filter((operand) => isAbsent(operand, io.cwd))
  const inStream = stream.flatMap((part) => (isBlock(part) && isPath(part.name) ? [pathOfName(part.name)] : []))
  const shown = await listSources(inStream, io.cwd, io.env)
  const there = named.filter((operand) => !absent.includes(operand))
  const others = withoutOwnFiles(await listSources(there, io.cwd, io.env, io.warn), named, io.cwd)
  const files = await onlyChanged([...new Set([...shown, ...others])], request, io)
  const paths = named.map((operand) => relative(io.cwd, resolve(io.cwd, operand)))
  return { files, stream, shown: new Set(shown), absent: [...new Set(absent)].map(normalize), named: new Set(paths) }
}

/** Whether an operand names a file that could be made in the tree: not there, not even as a link to nothing. */
function isAbsent(operand: string, cwd: string): boolean {
  const path = relative(cwd, resolve(cwd, operand))
  const isInside = path !== '' && path !== '..' && !path.startsWith('../') && !operand.endsWith('/')
  return isInside && lstatSync(resolve(cwd, operand), { throwIfNoEntry: false }) === undefined
}

async function readStream(
  { operands, filesFrom, changed, mayRead, canDoWithout }: SourceRequest,
  io: Io,
): Promise<Part[] | undefined> {
  if (operands.includes('-')) {
    if (filesFrom === '-') throw new UsageError('standard input is either "-" or --files-from -')
    return io.stdin.parts()
  }
  if (operands.length > 0 || filesFrom !== undefined || changed) return undefined
  if (mayRead && io.stdin.isPiped) {
    const parts = await readUnasked(io)
    if (canDoWithout || parts.some((part) => isBlock(part) && isPath(part.name))) return parts
  } else if (canDoWithout) return undefined
  throw new UsageError('which sources? (name files or folders, or pipe in a stream with some; see --help)')
}

async function onlyChanged(
  files: readonly string[],
  { operands, filesFrom, changed }: SourceRequest,
  io: Io,
): Promise<readonly string[]> {
  if (!changed) return files
  const names = await listChanged(changed, io.cwd, io.env)
  if (operands.length === 0 && filesFrom === undefined) return names
  const isChanged = new Set(names)
  return files.filter((file) => isChanged.has(file))
}

/** After this time it is said that standard input is being waited for: no option named it. */
const PATIENCE_MS = 2000

async function readUnasked(io: Io): Promise<Part[]> {
  // With something to clean up, reading does not block, and the timer is served.
  const forget = io.onInterrupt(() => {})
  const say = () => io.progress('reading standard input for sources (name them, or use </dev/null)')
  const timer = setTimeout(say, PATIENCE_MS)
  try {
    return await io.stdin.parts()
  } finally {
    clearTimeout(timer)
    forget()
  }
}

function isPath(name: string): boolean {
  return name !== '' && !isRole(name)
}

/** The names in a list of them, one per line; none where there is no list. */
export async function readNames(from: string | undefined, io: Io): Promise<string[]> {
  if (from === undefined) return []
  const bytes = from === '-' ? await io.stdin.bytes() : readList(resolve(io.cwd, from), from)
  if (!isUtf8(bytes)) throw new UsageError(`${from}: the list of names is not UTF-8`)
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((name) => name !== '')
}

function readList(path: string, name: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`${name}: ${reasonOf(error)}`)
  }
}
