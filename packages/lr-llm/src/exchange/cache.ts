import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus, makeFolders, reasonOf } from '@loop-runner/cli-kit'
import { readExchange, type Result, writeExchange } from './exchange.ts'
import { parseJson } from '../json.ts'
import { LlmFailure } from '../answer/failure.ts'

/** Whole answers in a folder, by everything that makes up a request. */
export interface Cache {
  read(): Result | undefined
  store(result: Result): void
}

/**
 * @param parts everything that the answer may depend on: address, wire, body
 * @param warn told of an answer that cannot be kept: it is whole all the same
 */
export async function openCache(folder: string, parts: unknown, warn: (message: string) => void): Promise<Cache> {
  const { createHash, randomUUID } = await import('node:crypto')
  const match = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const path = join(folder, `${match}.json`)
  return {
    read: () => {
      const exchange = readExchange(parseJson(readIfThere(path)))
      return exchange?.match === match && !(exchange.outcome instanceof LlmFailure) ? exchange.outcome : undefined
    },
    store: (result) => {
      const line = writeExchange(
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
        warn(`${folder}: the answer cannot be kept: ${reasonOf(error)}`)
      }
    },
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ''
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}
