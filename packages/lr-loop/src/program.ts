import { resolve } from 'node:path'
import { type Call, CommandError, defineCommand, ExitStatus, type Io, type Program } from '@loop-runner/cli-kit'
import { LOOP_OPTIONS } from './options.ts'
import { findRun, newRunPath } from './find-run.ts'
import { RunFolder } from './run-folder.ts'
import type { LoopContext } from './loop-context.ts'
import { type End, runLoop } from './run-loop.ts'
import { settingsOf } from './settings.ts'
import { lockTree } from './tree-lock.ts'
import { describeSummary, summarize, type Summary } from './summary.ts'

const loopCommand = defineCommand({
  usage: '[options] SOURCE… [-- CHECK COMMAND…] | --resume [RUN]',
  summary: 'Let a language model work on files until a check passes.',
  options: LOOP_OPTIONS,
  takesCommand: true,
  operands: { max: Infinity },
  details: `
Only the files and folders named as SOURCE may be changed; tests, check scripts
and their configuration only where a SOURCE names the file itself. Without a
check command the checkers that fit the sources are used (see lr-check).

A stage command is run by sh -c with the stream on standard input, and with
LR_RUN_DIR, LR_ITERATION and LR_SOURCES in its environment; the git stage is
called with the argument start or commit.

Exit status: 0 the check passes on the files as they are now · 1 it does not,
and the loop stopped (see the reason) · 2 used wrongly · 3 a stage could not do
its work · 4 not now: try again · 5 two answers in a row were not whole

A run is a folder: every stage's input and output, a journal, the summary. After
a crash or an interrupt --resume goes on at the stage that was cut short, and
asks for no reply again that is there already.

  lr-loop -i 10 src -- pytest -q tests
`,
  run: async (call, io) => run(call, io),
})

export const loop: Program = { name: 'lr-loop', main: loopCommand }

async function run(call: Call<typeof LOOP_OPTIONS>, io: Io): Promise<number> {
  const { options } = call
  const startedAt = Date.now()
  const { folder, unlock } = await openFolder(call, io)
  const context = makeContext(call, io, folder, startedAt)
  const finish = async (status: number, reason: Summary['reason']) => {
    const seconds = (Date.now() - startedAt) / 1000
    const summary = summarize(context.state, { status, reason, run: folder.path, seconds })
    folder.record({ event: 'end', status, reason })
    folder.finish(summary)
    unlock()
    for (const line of describeSummary(summary)) io.progress(line)
    // After an interrupt nothing more is printed; the summary lies in the run's folder.
    if (options.json && reason !== 'interrupted') await io.stdout.write(`${JSON.stringify(summary)}\n`)
    return status
  }
  const forget = io.onInterrupt(async () => {
    const { reason } = io.signal as { reason: CommandError }
    await finish(reason.status, 'interrupted')
  })
  try {
    const end = await runLoop(context)
    forget()
    return await finish(statusOf(end), end.reason)
  } catch (error) {
    if (!(error instanceof CommandError) || io.signal.aborted) throw error
    forget()
    await io.stderr.write(`lr-loop: ${error.message}\n`)
    return await finish(error.status, 'error')
  }
}

function statusOf({ reason, passed }: End): number {
  if (passed) return ExitStatus.Yes
  return reason === 'not-whole' ? 5 : ExitStatus.No
}

/** The run's folder, and the lock of the tree; a loop that is refused the lock leaves no folder behind. */
async function openFolder({ options, ...call }: Call<typeof LOOP_OPTIONS>, io: Io) {
  if (options.resume) {
    const folder = RunFolder.reopen(findRun(call.operands[0], io.cwd, io.env))
    return { folder, unlock: await lockTree(folder.settings.cwd, folder.path, io.env) }
  }
  const settings = settingsOf({ options, ...call }, io.cwd)
  const path = resolve(io.cwd, options['run-dir'] ?? newRunPath(io.env, new Date()))
  const unlock = await lockTree(io.cwd, path, io.env)
  try {
    return { folder: RunFolder.create(path, settings), unlock }
  } catch (error) {
    unlock()
    throw error
  }
}

function makeContext(
  { options }: Call<typeof LOOP_OPTIONS>,
  io: Io,
  folder: RunFolder,
  startedAt: number,
): LoopContext {
  const settings = folder.settings
  return {
    io: { ...io, cwd: settings.cwd },
    folder,
    settings,
    startedAt,
    apiKey: options['api-key'],
    debug: options.debug,
    state: { rounds: [], usage: { calls: 0, tokens: 0, cost: 0 }, branch: undefined, commits: [] },
  }
}
