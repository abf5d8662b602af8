import { basename } from 'node:path'
import { CommandError, errorIn, ExitStatus } from '@loop-runner/cli-kit'
import * as z from 'zod'
import type { ProgramResult } from '../programs.ts'
import { folderOf } from '../policy/bounds.ts'
import { contextOf } from './call-context.ts'
import { loadRun } from './run-data.ts'
import { directory, reported } from './schemas.ts'
import { runInput } from './show.ts'
import { defineTool, resultOf } from './tool.ts'

export const undoTool = defineTool({
  title: 'Undo replies of a loop',
  description:
    'Takes back the last replies of a loop: by reverting commits on the branch of the run (lr-git undo), or, without git, by restoring the files (lr-apply --undo). Nothing is lost: files that have changed since are refused.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  input: () =>
    z.strictObject({
      directory,
      run: runInput,
      replies: z.number().int().min(1).max(1000).default(1).describe('undo the last N replies'),
    }),
  output: () => z.object({ ...reported, run: z.string().optional(), undone: z.number().int() }),
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const { run, state, branch, settings } = await loadRun(asked.run, context, session, extra.signal)
    if (state === AT_WORK) {
      throw new CommandError(
        ExitStatus.TryAgain,
        `${basename(run)}: the loop is at work (cancel it, or wait for its end)`,
      )
    }
    const cwd = folderOf(settings.cwd, context.bounds)
    const call = { cwd, signal: extra.signal }
    const options = context.configuration.args
    const { programs } = session
    const { undone, exitCode, log } =
      branch === undefined
        ? await undoFiles(asked.replies, () =>
            // By LR_RUN_DIR lr-apply tells the replies of this run from those of others.
            programs.run({ ...call, name: 'lr-apply', args: [...options, '--undo'], env: { LR_RUN_DIR: run } }),
          )
        : await undoCommits(asked.replies, (count) =>
            programs.run({ ...call, name: 'lr-git', args: ['undo', ...options, `--run-branch=${branch}`, count] }),
          )
    const error = exitCode >= 2 ? errorIn(log.at(-1) ?? '') : undefined
    const text = [error, `Undone: ${undone} of ${asked.replies}.`, ...log].filter(Boolean).join('\n')
    return resultOf({ exitCode, error, run: basename(run), undone }, text)
  },
})

/** The state of a run that a process works on. */
const AT_WORK = 'at work'

interface Undone {
  readonly undone: number
  readonly exitCode: number
  /** What the programs printed. */
  readonly log: readonly string[]
}

async function undoCommits(replies: number, undo: (count: string) => Promise<ProgramResult>): Promise<Undone> {
  const { status, stdout, stderr } = await undo(String(replies))
  return { undone: status === ExitStatus.Yes ? replies : 0, exitCode: status, log: [stdout, stderr] }
}

/** One after the other; fewer than were asked for may be there. */
async function undoFiles(replies: number, undo: () => Promise<ProgramResult>): Promise<Undone> {
  const log: string[] = []
  for (let undone = 0; undone < replies; undone++) {
    const { status, stdout, stderr } = await undo()
    log.push(stdout, stderr)
    if (status === ExitStatus.Yes) continue
    return { undone, exitCode: status === ExitStatus.No && undone > 0 ? ExitStatus.Yes : status, log }
  }
  return { undone: replies, exitCode: ExitStatus.Yes, log }
}
