import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { inRunFolder } from './in-run-folder.ts'
import type { Journal } from './journal.ts'

interface Run {
  readonly path: string
  readonly journal: Journal
}

/** Notes the hash of a file of the run folder in the journal, unless it is noted already. */
export async function noteHash({ path, journal }: Run, name: string): Promise<void> {
  const value = await hashOf(join(path, name))
  if (notedHash(journal, name) !== value) journal.record({ event: 'found', name: `hash of ${name}`, value })
}

/**
 * A run that is resumed trusts no file of its folder that is not as it was noted. A run that has not begun has no note.
 *
 * @throws CommandError (3) if the file was changed since
 */
export async function requireNotedHash({ path, journal }: Run, name: string): Promise<void> {
  const file = join(path, name)
  if (journal.events.length === 0 || notedHash(journal, name) === (await hashOf(file))) return
  throw new CommandError(ExitStatus.Failed, `${file}: changed, and not by lr-loop (start a new run)`)
}

/** Undefined if none was noted. */
export function notedHash(journal: Journal, name: string): string | undefined {
  const found = journal.events.findLast((event) => event.event === 'found' && event.name === `hash of ${name}`)
  return found?.event === 'found' ? found.value : undefined
}

async function hashOf(file: string): Promise<string> {
  const { createHash } = await import('node:crypto')
  const bytes = inRunFolder(file, () => readFileSync(file))
  return createHash('sha256').update(bytes).digest('hex')
}
