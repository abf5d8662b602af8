import { resolve } from 'node:path'
import { type Call, CommandError, defineCommand, ExitStatus, type Io, type Program } from '@loop-runner/cli-kit'
import { LOOP_OPTIONS } from './options.ts'
import { newRunPath, RunFolder } from './run-folder.ts'
import { type LoopContext, runLoop } from './run-loop.ts'
import { describeSummary, summarize, type Summary } from './summary.ts'

const loopCommand = defineCommand({
  usage: '[options] SOURCE… [-- CHECK COMMAND…]',
  summary: 'Let a language model work on files until a check passes.',
  options: LOOP_OPTIONS,
  takesCommand: true,
  operands: { min: 1, max: Infinity },
  details: `
Only the files and folders named as SOURCE may be changed; tests, check scripts
and their configuration only where a SOURCE names the file itself. Without a
check command the checkers that fit the sources are used (see lr-check).

A stage command is run by sh -c with the stream on standard input and LR_RUN_DIR,
LR_ITERATION and LR_SOURCES in its environment; the git stage is called with the
argument start or commit.

Exit status: 0 the check passes on the files as they are now · 1 it does not, and
the loop stopped (see the reason) · 2 used wrongly · 3 a stage could not do its
work · 4 not now: try again · 5 two answers in a row were not whole

  lr-loop -i 10 src -- pytest -q tests
`,
  run: async (call, io) => run(call, io),
})

export const loop: Program = { name: 'lr-loop', main: loopCommand }

async function run(call: Call<typeof LOOP_OPTIONS>, io: Io): Promise<number> {
  const { options } = call
  const startedAt = Date.now()
  const folder = new RunFolder(resolve(io.cwd, options['run-dir'] ?? newRunPath(io.env, new Date())))
  const context = makeContext(call, io, folder, startedAt)
  const finish = async (status: number, reason: Summary['reason']) => {
    const seconds = (Date.now() - startedAt) / 1000
    const summary = summarize(context.state, { status, reason, run: folder.path, seconds })
    folder.record({ event: 'end', status, reason })
    folder.finish(summary)
    for (const line of describeSummary(summary)) io.progress(line)
    if (options.json) await io.stdout.write(`${JSON.stringify(summary)}\n`)
    return status
  }
  const forget = io.onInterrupt(async () => void (await finish(130, 'interrupted')))
  try {
    const reason = await runLoop(context)
    forget()
    return await finish(statusOf(reason), reason)
  } catch (error) {
    if (!(error instanceof CommandError) || io.signal.aborted) throw error
    forget()
    await io.stderr.write(`lr-loop: ${error.message}\n`)
    return await finish(error.status, 'error')
  }
}

function statusOf(reason: Summary['reason']): number {
  if (reason === 'passed') return ExitStatus.Yes
  return reason === 'not-whole' ? 5 : ExitStatus.No
}

function makeContext(call: Call<typeof LOOP_OPTIONS>, io: Io, folder: RunFolder, startedAt: number): LoopContext {
  const { options, operands, command, given } = call
  const replaced = {
    ...(options.check === undefined ? {} : { check: options.check }),
    ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
    ...(options.llm === undefined ? {} : { llm: options.llm }),
    ...(options.apply === undefined ? {} : { apply: options.apply }),
    ...(options.git === undefined ? {} : { git: options.git }),
  }
  return {
    io,
    folder,
    replaced,
    startedAt,
    apiKey: options['api-key'],
    withGit: !options['no-git'],
    debug: options.debug,
    limits: {
      iterations: options.iterations,
      timeoutMs: options.timeout,
      maxTokens: options['max-tokens'],
      maxCost: options['max-cost'],
    },
    settings: {
      sources: operands,
      checkCommand: command,
      linters: options.linters,
      checkTimeoutMs: given.has('check-timeout') ? options['check-timeout'] : undefined,
      instructions: options.instructions,
      model: options.model,
      url: options['llm-url'],
      local: options.local,
      branch: options.branch,
      dirty: options.dirty,
    },
    state: { rounds: [], usage: { calls: 0, tokens: 0, cost: 0 }, branch: undefined, commits: [] },
  }
}
