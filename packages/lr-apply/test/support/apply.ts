import { join } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { type Ran, run, type RunOptions } from '@loop-runner/test-kit'

/** Runs lr-apply in a folder, with a journal in its `.state`; the report's blocks by name. */
export async function apply(
  folder: string,
  reply: string,
  args: readonly string[] = [],
  env: RunOptions['env'] = {},
): Promise<Ran & { readonly blocks: Readonly<Record<string, string>> }> {
  const options = { cwd: folder, stdin: reply, env: { XDG_STATE_HOME: join(folder, '.state'), ...env } }
  const ran = await run('lr-apply', args, options)
  const parts = ran.stdout.startsWith('{') ? [] : parseStream(ran.stdout)
  return { ...ran, blocks: Object.fromEntries(parts.map((part) => ('name' in part ? [part.name, part.content] : []))) }
}
