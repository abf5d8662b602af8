import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolders, parseJson, readTextIfThere, reasonOf } from '@loop-runner/cli-kit'
import { readRecording, type Result, writeRecording } from './recording.ts'
import { LlmFailure } from '../answer/failure.ts'

/** Complete answers in a folder, by request. */
export interface Cache {
  read(): Result | undefined
  store(result: Result): void
}

/**
 * @param parts everything that the answer depends on: address, API, body
 * @param warn called if an answer cannot be cached
 */
export async function openCache(folder: string, parts: unknown, warn: (message: string) => void): Promise<Cache> {
  const { createHash, randomUUID } = await import('node:crypto')
  const match = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const path = join(folder, `${match}.json`)
  return {
    read: () => {
      const recording = readRecording(parseJson(readTextIfThere(path) ?? ''))
      return recording?.match === match && !(recording.outcome instanceof LlmFailure) ? recording.outcome : undefined
    },
    store: (result) => {
      const line = writeRecording(
        { match, model: result.label, messages: [], options: {}, outcome: result },
        0,
        new Date(),
      )
      const fresh = `${path}.${randomUUID()}`
      try {
        makeFolders(folder, 0o700)
        writeFileSync(fresh, line, { mode: 0o600 })
        renameSync(fresh, path)
      } catch (error) {
        warn(`${folder}: the answer cannot be cached: ${reasonOf(error)}`)
      }
    },
  }
}
