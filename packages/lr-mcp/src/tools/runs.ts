import { ExitStatus } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { contextOf } from './call-context.ts'
import { ListedRun, listRuns } from './run-data.ts'
import { directory, reported } from './schemas.ts'
import { defineTool, resultOf } from './tool.ts'

export const runsTool = defineTool({
  title: 'List loops',
  description:
    'Lists the loops that were started in a folder or below it (default: that of this server), newest first, also by the user.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: () =>
    z.strictObject({
      directory,
      limit: z.number().int().min(1).max(200).default(20).describe('list at most N runs'),
    }),
  output: () =>
    z.object({
      ...reported,
      runs: z.array(ListedRun),
    }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const { bounds, folder } = context
    const within = asked.directory === undefined ? bounds : { ...bounds, root: folder }
    const runs = (await listRuns({ ...context, bounds: within }, session, extra.signal)).slice(0, asked.limit)
    const lines = runs.map(
      ({ run, state, replies, best, cwd }) =>
        `${run}  ${state}, ${replies} replies, best score ${best ?? 'none'}, ${cwd}`,
    )
    return resultOf(
      { exitCode: runs.length > 0 ? ExitStatus.Yes : ExitStatus.No, runs },
      lines.join('\n') || 'No runs.',
    )
  },
})
