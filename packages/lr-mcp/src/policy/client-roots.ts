import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import { ListRootsResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { Extra } from '../tools/tool.ts'

const ANSWER_MS = 10_000

/**
 * The folders that a client names as its roots, without links. What is no file, or does not exist, bounds nothing.
 *
 * @throws CommandError (4) if the client does not answer
 */
export async function askForRoots({ sendRequest, signal }: Extra): Promise<string[]> {
  try {
    const { roots } = await sendRequest({ method: 'roots/list' }, ListRootsResultSchema, { timeout: ANSWER_MS, signal })
    return roots.flatMap(({ uri }) => folderOf(uri))
  } catch (error) {
    throw new CommandError(ExitStatus.TryAgain, `the client did not list its roots: ${reasonOf(error)} (call again)`)
  }
}

function folderOf(uri: string): string[] {
  try {
    return [realpathSync(fileURLToPath(uri))]
  } catch {
    return []
  }
}
