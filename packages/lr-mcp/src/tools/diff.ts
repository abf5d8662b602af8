import { basename } from 'node:path'
import { ExitStatus } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { type CallContext, contextOf } from './call-context.ts'
import { loadRun } from './run-data.ts'
import { directory, reported } from './schemas.ts'
import { runInput } from './show.ts'
import { defineTool, resultOf, type Session } from './tool.ts'

export const diffTool = defineTool({
  title: 'Changes of a loop',
  description: 'Prints what a loop changed, as a unified diff from its start to the state that it left behind.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: () => z.strictObject({ directory, run: runInput }),
  output: () => z.object({ ...reported, run: z.string().optional(), diff: z.string().optional() }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const { run } = await loadRun(asked.run, context, session, extra.signal)
    const diff = await diffOfRun(run, context, session, extra.signal)
    const exitCode = diff === '' ? ExitStatus.No : ExitStatus.Yes
    return resultOf({ exitCode, run: basename(run), diff }, diff === '' ? 'No changes.' : diff)
  },
})

/** What a run changed, as `git apply` reads it. */
export function diffOfRun(
  run: string,
  { configuration, folder }: CallContext,
  { programs }: Session,
  signal: AbortSignal,
): Promise<string> {
  const args = ['show', ...configuration.args, '--diff', run]
  return programs.read({ name: 'lr-loop', args, cwd: folder, signal })
}
