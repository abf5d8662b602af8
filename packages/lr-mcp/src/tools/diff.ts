import { basename } from 'node:path'
import { ExitStatus } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { contextOf } from './call-context.ts'
import { diffOfRun } from './diff-run.ts'
import { loadRun } from './run-data.ts'
import { directory, reported } from './schemas.ts'
import { runInput } from './show.ts'
import { defineTool, resultOf } from './tool.ts'

export const diffTool = defineTool({
  title: 'Changes of a loop',
  description: 'Prints what a loop changed, as a unified diff from its start to the state that it left behind.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: () => z.strictObject({ directory, run: runInput }),
  output: () => z.object({ ...reported, run: z.string().optional(), diff: z.string().optional() }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const data = await loadRun(asked.run, context, session, extra.signal)
    const diff = diffOfRun(data)
    const exitCode = diff === '' ? ExitStatus.No : ExitStatus.Yes
    return resultOf({ exitCode, run: basename(data.run), diff }, diff === '' ? 'No changes.' : diff)
  },
})
