import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, makeFolders, stateFolder, UsageError } from '@loop-runner/cli-kit'

/** How many conversations are kept, of all folders together. */
export const KEPT_CONVERSATIONS = 100

/** A conversation that is kept. */
export interface KeptConversation {
  readonly id: string
  readonly path: string
  /** When it was last added to, in milliseconds. */
  readonly usedMs: number
}

/** Where conversations are kept: a folder for each folder that they were started in. */
export function conversationsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'conversations')
}

/**
 * The file of a new conversation, in a folder that only its owner can read. The oldest conversations are removed.
 *
 * @throws the system's error if the folder cannot be made
 */
export function newConversation(cwd: string, env: NodeJS.ProcessEnv): string {
  const folder = folderOf(cwd, env)
  makeFolders(folder, 0o700)
  for (const { path } of listConversations(env).slice(KEPT_CONVERSATIONS - 1)) rmSync(path, { force: true })
  const time = new Date().toISOString().replaceAll(/[-:]|\..*/g, '')
  return join(folder, `${time.replace('T', '-')}-${randomBytes(3).toString('hex')}`)
}

/** The conversation in this folder that was added to last. */
export function lastConversation(cwd: string, env: NodeJS.ProcessEnv): KeptConversation | undefined {
  return listConversations(env, cwd)[0]
}

/**
 * The conversation with this id, or whose id begins so.
 *
 * @throws UsageError if it is not there, or there are several
 */
export function findConversation(id: string, env: NodeJS.ProcessEnv): KeptConversation {
  const [found, other] = listConversations(env).filter((kept) => kept.id.startsWith(id))
  if (found === undefined) throw new UsageError(`conversation ${id}: not found (lr-llm log lists them)`)
  if (other !== undefined && found.id !== id && other.id !== id) {
    throw new UsageError(`conversation ${id}: several ids begin so: ${found.id}, ${other.id}`)
  }
  return other?.id === id ? other : found
}

/**
 * The conversation that was added to last first.
 *
 * @param cwd only those that were started in this folder
 */
export function listConversations(env: NodeJS.ProcessEnv, cwd?: string): KeptConversation[] {
  if (cwd !== undefined) return listFolder(folderOf(cwd, env)).sort(newestFirst)
  const folder = conversationsFolder(env)
  return namesIn(folder)
    .flatMap((name) => listFolder(join(folder, name)))
    .sort(newestFirst)
}

function folderOf(cwd: string, env: NodeJS.ProcessEnv): string {
  return join(conversationsFolder(env), createHash('sha256').update(cwd).digest('hex').slice(0, 16))
}

function listFolder(folder: string): KeptConversation[] {
  return namesIn(folder).flatMap((id) => {
    const path = join(folder, id)
    // Another process may remove it meanwhile.
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() ? [{ id, path, usedMs: stats.mtimeMs }] : []
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return []
    throw new UsageError(`${folder}: ${String(errorCode(error))}`)
  }
}

function newestFirst(one: KeptConversation, other: KeptConversation): number {
  return other.usedMs - one.usedMs || (one.id < other.id ? 1 : -1)
}
