import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { inRunFolder } from './in-run-folder.ts'
import type { Journal } from './journal.ts'

interface Run {
  readonly path: string
  readonly journal: Journal
}

/**
 * Notes the hash of a file of the run folder in the journal, unless it is noted already.
 *
 * @param from the file with the content that `name` is about to get
 */
export async function noteHash({ path, journal }: Run, name: string, from = name): Promise<void> {
  const value = await hashOf(join(path, from))
  if (notedHash(journal, name) !== value) journal.record({ event: 'found', name: nameOfNote(name), value })
}

/**
 * A run that is resumed trusts no file of its folder that is not as it was noted. A run that has not begun has no note.
 *
 * @throws CommandError (3) if the file was changed since
 */
export async function requireNotedHash({ path, journal }: Run, name: string): Promise<void> {
  const file = join(path, name)
  // A crash can come before the note, but not after the first stage.
  const hasBegun = journal.events.some(({ event }) => event === 'started')
  if (!hasBegun || notedHash(journal, name) === (await hashOf(file))) return
  throw new CommandError(ExitStatus.Failed, `${file}: changed by another program (start a new run)`)
}

/** Whether a file exists with the content recorded for `name`. */
export async function isAsNoted({ path, journal }: Run, name: string, file: string): Promise<boolean> {
  const noted = notedHash(journal, name)
  return noted !== undefined && existsSync(join(path, file)) && noted === (await hashOf(join(path, file)))
}

/** Undefined if none was noted. */
export function notedHash(journal: Journal, name: string): string | undefined {
  const found = journal.events.findLast((event) => event.event === 'found' && event.name === nameOfNote(name))
  return found?.event === 'found' ? found.value : undefined
}

/** The name of the event that notes the hash of a file. */
export function nameOfNote(name: string): string {
  return `hash of ${name}`
}

async function hashOf(file: string): Promise<string> {
  const { createHash } = await import('node:crypto')
  const bytes = inRunFolder(file, () => readFileSync(file))
  return createHash('sha256').update(bytes).digest('hex')
}
