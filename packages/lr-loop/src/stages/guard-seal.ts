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
export async function requireGuardAsLeft(file: string, { io, folder, state }: LoopContext): Promise<void> {
  const found = readOrNothing(file)
  const kept = state.guards.get(file)
  if (kept === undefined) {
    if (found && notedHash(folder.journal, basename(file)) !== undefined) {
      await requireNotedHash(folder, basename(file))
    }
    return
  }
  if (found?.equals(kept)) return
  io.warn(`${file}: changed by another program: restored`)
  writeFileSync(file, kept, { mode: 0o600 })
}

/** Keeps the record as a check has left it. */
export async function keepGuard(file: string, { folder, state }: LoopContext): Promise<void> {
  const found = readOrNothing(file)
  if (!found || state.guards.get(file)?.equals(found)) return
  state.guards.set(file, found)
  await noteHash(folder, basename(file))
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
