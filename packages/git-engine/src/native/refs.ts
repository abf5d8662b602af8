import { appendFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import { replaceDurably, writeDurably } from '../transaction/durable-file.ts'
import type { Head, HeadStep, RefStep } from '../repository/engine.ts'
import type { Hash } from '../repository/git-object.ts'
import { takeLock } from '../transaction/lock.ts'
import { isRefName } from '../repository/ref-name.ts'

const NONE = '0'.repeat(40)
/** A ref may point to another; git follows five. */
const DEEPEST = 5

/** What HEAD says. */
export function readHeadFile(gitDir: string): Head {
  const text = readText(join(gitDir, 'HEAD')) ?? ''
  const ref = targetOf(text)
  return { ref, commit: ref === undefined ? hashOf(text, 'HEAD') : readRefFile(gitDir, ref) }
}

/** The commit that a ref points to. */
export function readRefFile(gitDir: string, ref: string, depth = 0): Hash | undefined {
  const text = readText(join(gitDir, ref))
  const target = text === undefined ? undefined : targetOf(text)
  if (target !== undefined) return depth < DEEPEST ? readRefFile(gitDir, target, depth + 1) : undefined
  return text === undefined ? readPacked(gitDir).get(ref) : hashOf(text, ref)
}

/**
 * Moves a ref as git does: under its lock, if it is what the step says, with a line in its reflog, and in HEAD's where
 * HEAD is on it.
 *
 * @throws CommandError (4) where it is not, or is locked; (3) where its name and another's exclude each other
 */
export async function moveRef(gitDir: string, { ref, from, to }: RefStep, reason: string, who: string): Promise<void> {
  const file = join(gitDir, ref)
  if (from === undefined) refuseNeighbours(gitDir, ref)
  mkdirSync(dirname(file), { recursive: true })
  const release = await takeLock(`${file}.lock`, join(gitDir, 'lr'), 0)
  try {
    if (readText(file)?.startsWith('ref: '))
      throw new CommandError(
        ExitStatus.Failed,
        `${ref}: points to another ref, which the native engine does not follow (install git)`,
      )
    if (readRefFile(gitDir, ref) !== from) {
      throw new CommandError(ExitStatus.TryAgain, `${ref}: was moved by another process (try again)`)
    }
    const line = `${from ?? NONE} ${to} ${who}\t${reason}\n`
    appendLog(gitDir, ref, line)
    if (ref !== 'HEAD' && readHeadFile(gitDir).ref === ref) appendLog(gitDir, 'HEAD', line)
    removeEmptyFolder(file)
    replaceText(gitDir, file, `${to}\n`)
  } finally {
    release()
  }
}

/** Switches HEAD. @throws CommandError (4) where it is locked */
export async function moveHead(gitDir: string, { head }: HeadStep, reason: string, who: string): Promise<void> {
  const file = join(gitDir, 'HEAD')
  const release = await takeLock(`${file}.lock`, join(gitDir, 'lr'), 0)
  try {
    const from = readHeadFile(gitDir).commit
    const to = 'ref' in head ? readRefFile(gitDir, head.ref) : head.commit
    if (from !== undefined && to !== undefined) appendLog(gitDir, 'HEAD', `${from} ${to} ${who}\t${reason}\n`)
    replaceText(gitDir, file, 'ref' in head ? `ref: ${head.ref}\n` : `${head.commit}\n`)
  } finally {
    release()
  }
}

/** Who a reflog names where no identity is configured. */
export function accountName(): string {
  const { username } = userInfo()
  return `${username} <${username}@${hostname()}>`
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\s+$/, '')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}

/** The ref that a ref points to, where it does. One that leads elsewhere is never followed. */
function targetOf(text: string): string | undefined {
  const ref = /^ref: (.+)$/.exec(text)?.[1]
  if (ref === undefined || isRefName(ref)) return ref
  throw new CommandError(
    ExitStatus.Failed,
    `ref: ${JSON.stringify(ref)}: not the name of a ref (git symbolic-ref fixes it)`,
  )
}

function hashOf(text: string, ref: string): Hash | undefined {
  // 64 digits are a SHA-256 repository's, which the probe refuses by name.
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text
  throw new CommandError(
    ExitStatus.Failed,
    `${ref}: damaged: ${JSON.stringify(text.slice(0, 60))} (see git reflog ${ref})`,
  )
}

function readPacked(gitDir: string): Map<string, Hash> {
  const lines = (readText(join(gitDir, 'packed-refs')) ?? '').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [, hash, name] = /^([0-9a-f]{40}) (\S+)$/.exec(line) ?? []
      return hash !== undefined && name !== undefined ? [[name, hash] as const] : []
    }),
  )
}

/** A name cannot be a ref and a folder of refs at once. */
function refuseNeighbours(gitDir: string, ref: string): void {
  const parents = ref.split('/').map((_, index, names) => names.slice(0, index).join('/'))
  const inTheWay =
    parents.slice(3).find((parent) => readRefFile(gitDir, parent) !== undefined) ?? findRefBelow(gitDir, ref)
  if (inTheWay !== undefined)
    throw new CommandError(ExitStatus.Failed, `${ref}: could not be moved: ${inTheWay} exists`)
}

/** The full name of a ref for which this name is a folder. */
export function findRefBelow(gitDir: string, ref: string): string | undefined {
  return [...readPacked(gitDir).keys()].find((name) => name.startsWith(`${ref}/`)) ?? fileBelow(gitDir, ref)
}

function fileBelow(gitDir: string, ref: string): string | undefined {
  const folder = join(gitDir, ref)
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return undefined
  const file = readdirSync(folder, { withFileTypes: true, recursive: true }).find((entry) => !entry.isDirectory())
  return file && relative(gitDir, join(file.parentPath, file.name))
}

function appendLog(gitDir: string, ref: string, line: string): void {
  const file = join(gitDir, 'logs', ref)
  mkdirSync(dirname(file), { recursive: true })
  removeEmptyFolder(file)
  appendFileSync(file, line)
}

function replaceText(gitDir: string, file: string, text: string): void {
  const draft = join(gitDir, 'lr', 'ref')
  writeDurably(draft, Buffer.from(text))
  replaceDurably(draft, file)
}

/** What a branch with a slash in its name has left behind. */
function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY'].includes(errorCode(error) ?? '')) throw error
  }
}
