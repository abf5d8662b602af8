import { statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { isBlock, nameOfPath, pathOfName } from '@loop-runner/block-format'
import type { Io } from '@loop-runner/cli-kit'
import { listSources, readListed, withoutOwnFiles } from '@loop-runner/source-files'
import type { Evidence, SourceFile } from '../evidence/evidence.ts'
import { readTextFile } from './read-text-file.ts'

/**
 * Adds files that are shown and not to be edited. One that the stream holds already is taken from there. A folder stands
 * for the files that git would list in it; lock files, large ones and those that are no text are named in a line.
 *
 * @param operands as typed, from the working directory
 * @throws UsageError where a file cannot be read, or one that is named itself is not UTF-8 text
 */
export async function addContext(evidence: Evidence, operands: readonly string[], io: Io): Promise<Evidence> {
  if (operands.length === 0) return evidence
  const wanted = await listContext(operands, io)
  const scripts = evidence.runs.flatMap(({ script }) => (script ? [script] : []))
  const inStream = new Set([...evidence.files, ...scripts].map(({ path }) => path))
  const files: SourceFile[] = []
  const leftOut: string[] = []
  for (const [path, typed] of wanted) {
    if (inStream.has(path)) continue
    const part = typed === undefined ? readListed(path, io.cwd) : readNamed(path, typed, io)
    if (isBlock(part)) files.push({ ...part, path: pathOfName(part.name), editable: false })
    else leftOut.push(part.text.trimEnd())
  }
  for (const line of leftOut) io.warn(line)
  return {
    ...evidence,
    files: [...files, ...evidence.files.map((file) => (wanted.has(file.path) ? { ...file, editable: false } : file))],
    leftOut: [...leftOut, ...evidence.leftOut],
  }
}

/** The paths from the working directory; each with its operand if that names the file itself. */
async function listContext(
  operands: readonly string[],
  { cwd, env, warn }: Io,
): Promise<Map<string, string | undefined>> {
  const wanted = new Map<string, string | undefined>()
  for (const typed of operands) {
    const absolute = resolve(cwd, typed)
    const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true
    const listed = isFolder ? await listSources(['.'], absolute, env, warn) : ['']
    const inside = withoutOwnFiles(listed, [], absolute)
    for (const file of inside) wanted.set(fromHere(resolve(absolute, file), cwd), isFolder ? undefined : typed)
  }
  return wanted
}

function fromHere(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/')
}

/** Anything that can be read, such as a pipe from `<(command)`. */
function readNamed(path: string, typed: string, { cwd }: Io) {
  return { name: nameOfPath(path), content: readTextFile(resolve(cwd, typed), typed) }
}
