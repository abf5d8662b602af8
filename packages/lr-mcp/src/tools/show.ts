import { basename } from 'node:path'
import { ExitStatus } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { contextOf } from './call-context.ts'
import { loadRun } from './run-data.ts'
import { directory, line, reported } from './schemas.ts'
import { defineTool, resultOf } from './tool.ts'

export const runInput = line(
  'name of the run, as the tool runs lists it (default: the newest run of the directory)',
).optional()

export const showTool = defineTool({
  title: 'Describe a loop',
  description:
    'Describes a loop: what each reply changed, the result of each check, cost, how it ended, and what to do next. With prompt or reply, prints what was sent to the model, or what it replied.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: () =>
    z.strictObject({
      directory,
      run: runInput,
      prompt: z.number().int().min(1).describe('print the prompt of iteration N').optional(),
      reply: z.number().int().min(1).describe('print the reply of iteration N').optional(),
    }),
  output: () =>
    z.object({
      ...reported,
      run: z.string().optional(),
      state: z.string().optional(),
      message: z.string().optional(),
      next: z.array(z.string()).optional().describe('what the user can do now'),
      replies: z.number().optional(),
      score: z.number().optional(),
      branch: z.string().optional(),
      commits: z.array(z.string()).optional(),
    }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const { run, state, message, next, replies, finalScore, branch, commits } = await loadRun(
      asked.run,
      context,
      session,
      extra.signal,
    )
    const part = asked.prompt === undefined ? [] : [`--prompt=${asked.prompt}`]
    const other = asked.reply === undefined ? [] : [`--reply=${asked.reply}`]
    const args = ['show', ...context.configuration.args, ...part, ...other, run]
    const call = { name: 'lr-loop', args, cwd: context.folder, signal: extra.signal }
    const text = await session.programs.read(call)
    const report = {
      exitCode: ExitStatus.Yes,
      run: basename(run),
      state,
      message,
      next,
      replies,
      score: finalScore,
      branch,
      commits,
    }
    return resultOf(report, text)
  },
})
