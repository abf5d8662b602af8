import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { errorCode } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { noteHash, notedHash, requireNotedHash } from '../runs/noted-hash.ts'

/**
 * The record of the guard is as the last check left it. The code under test may have written to it if it cannot be hidden:
 * then what is in memory is put back.
 *
 * @throws CommandError (3) if a resumed run finds another record than it noted
 */
export async function requireGuardAsLeft({ io, folder, state }: LoopContext): Promise<void> {
  const found = readOrNothing(folder.guard)
  if (state.guard === undefined) {
    if (found && notedHash(folder.journal, basename(folder.guard)) !== undefined) {
      await requireNotedHash(folder, basename(folder.guard))
    }
    return
  }
  if (found?.equals(state.guard)) return
  io.warn(`${folder.guard}: changed, and not by lr-loop: put back`)
  writeFileSync(folder.guard, state.guard, { mode: 0o600 })
}

/** Keeps the record as a check has left it. */
export async function keepGuard({ folder, state }: LoopContext): Promise<void> {
  const found = readOrNothing(folder.guard)
  if (!found || (state.guard && found.equals(state.guard))) return
  state.guard = found
  await noteHash(folder, basename(folder.guard))
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
