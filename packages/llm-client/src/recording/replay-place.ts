import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolders, reasonOf, stateFolder } from '@loop-runner/cli-kit'
import type { Context } from '../context.ts'
import { LlmFailure } from '../answer/failure.ts'

/**
 * The place of the next recorded reply, from 1: `LR_ITERATION` if it is set; else one more than the last call took
 * from there, which is kept under `$XDG_STATE_HOME/loop-runner/replay`. After the last reply the count starts again.
 *
 * @throws LlmFailure when there are no more
 */
export async function nextPlace(path: string, count: number, { env }: Context): Promise<number> {
  const iteration = env['LR_ITERATION']
  if (iteration) {
    const place = Number(iteration)
    if (!Number.isInteger(place) || place < 1 || place > count) {
      throw new LlmFailure('setup', `${path}: no reply ${iteration} (LR_ITERATION); it has ${count}`)
    }
    return place
  }
  const { createHash } = await import('node:crypto')
  const name = createHash('sha256').update(realpathSync(path)).digest('hex').slice(0, 32)
  const state = join(stateFolder(env), 'replay', name)
  const place = lastPlace(state) + 1
  if (place > count) {
    rmSync(state, { force: true })
    throw new LlmFailure('setup', `${path}: no reply ${place}; it has ${count} (the next call starts again with 1)`)
  }
  keepPlace(state, place)
  return place
}

function keepPlace(state: string, place: number): void {
  try {
    makeFolders(dirname(state))
    writeFileSync(state, `${place}\n`)
  } catch (error) {
    const advice = 'set LR_ITERATION to the number of the reply, or XDG_STATE_HOME to a folder that can be written'
    throw new LlmFailure(
      'setup',
      `${state}: the position in the replies cannot be saved: ${reasonOf(error)} (${advice})`,
    )
  }
}

function lastPlace(state: string): number {
  try {
    return Number(readFileSync(state, 'utf8')) || 0
  } catch {
    return 0
  }
}
