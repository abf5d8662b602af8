import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import * as z from 'zod'
import type { Extra } from '../tools/tool.ts'

const ANSWER_MS = 10_000
/** The schema of the SDK refuses the whole list for a root that is no file, such as a folder on another machine. */
const Roots = z.object({ roots: z.array(z.object({ uri: z.string() })) })

/**
 * The folders that a client names as its roots, without links. What is no file, or does not exist, bounds nothing.
 *
 * @throws CommandError (4) if the client does not answer
 */
export async function askForRoots({ sendRequest, signal }: Extra): Promise<string[]> {
  try {
    const { roots } = await sendRequest({ method: 'roots/list' }, Roots, { timeout: ANSWER_MS, signal })
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
