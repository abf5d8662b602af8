import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, CommandError, ExitStatus, type Io, runProcess, shellCall } from '@loop-runner/cli-kit'
import { IDENTITY, makeRepository, withoutGit } from './make-repository.ts'
import type { Files, StageCase, StageKind } from './stage-case.ts'
import { complaintsOfPipe, faultsOfEnd, readOutput, type StageRun } from './read-run.ts'
import { openUnread } from './open-unread.ts'
import { makeWorkshop, readTree, type Workshop, writeContents } from './workshop.ts'

/** What stays the same for all cases. */
export interface Setting {
  readonly kind: StageKind
  readonly files: Files
  /** Where the files are copied from; undefined where they are our own. */
  readonly folder: string | undefined
  /** As the user names them: `LR_SOURCES`. */
  readonly sources: readonly string[]
  /** The shell line that starts the stage. */
  readonly line: string
  readonly timeoutMs: number
}

/**
 * Runs a stage on one case, in a folder of its own.
 *
 * @returns what is wrong, one line each
 * @throws CommandError (3) where the stage cannot be started
 */
export async function runCase(one: StageCase, setting: Setting, io: Io): Promise<string[]> {
  using workshop = makeWorkshop(setting.files, setting.folder)
  const forget = io.onInterrupt(() => workshop[Symbol.dispose]())
  try {
    writeContents(workshop.tree, one.files)
    if (setting.kind === 'git') await makeRepository(workshop.tree, io)
    if (one.first !== undefined) await runStage({ action: one.first }, workshop, setting, io)
    writeContents(workshop.tree, one.changes)
    const before = readTree(workshop.tree)
    const run = await runStage(one, workshop, setting, io)
    const { parts, faults } = readOutput(run)
    return [
      ...faultsOfEnd(run, one, setting.timeoutMs),
      ...faults,
      ...(one.isUnread ? complaintsOfPipe(run.stderr) : []),
      ...(one.judge?.({ status: run.status, parts, before, after: readTree(workshop.tree) }) ?? []),
      ...workshop.strays().map((name) => `${name} was made outside of the tree`),
    ]
  } finally {
    forget()
  }
}

type StageCall = Pick<StageCase, 'action' | 'input' | 'isUnread'>

/** As lr-loop does it: by `sh -c`, with the action as an argument. */
async function runStage(call: StageCall, workshop: Workshop, setting: Setting, io: Io): Promise<StageRun> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const unread = call.isUnread ? await openUnread(join(workshop.run, 'unread'), io) : undefined
  try {
    const { status, timedOut } = await runProcess(
      {
        ...shellCall(setting.line, call.action === undefined ? [] : [call.action]),
        cwd: workshop.tree,
        env: stageEnvironment(workshop, setting, io),
        ...(call.input === undefined ? {} : { stdin: call.input }),
        stdout: unread ?? ((chunk) => stdout.push(chunk)),
        stderr: (chunk) => stderr.push(chunk),
        timeoutMs: setting.timeoutMs,
      },
      io,
    )
    const complaint = Buffer.concat(stderr).toString()
    io.detail(`exit code ${status}${complaint === '' ? '' : `: ${complaint}`}`)
    if (status === 126 || status === 127) {
      throw new CommandError(ExitStatus.Failed, `${setting.line}: cannot be started: ${complaint.trim()}`)
    }
    return { status, timedOut, stdout: Buffer.concat(stdout), stderr: complaint }
  } finally {
    if (unread !== undefined) closeSync(unread)
  }
}

/** Keys are for the llm stage alone; nothing may lead git out of the throw-away folder. */
function stageEnvironment({ run, state }: Workshop, { kind, sources }: Setting, io: Io): NodeJS.ProcessEnv {
  const inherited = withoutGit(io.env)
  return {
    ...(kind === 'llm' ? inherited : childEnvironment(inherited)),
    ...(kind === 'git' ? IDENTITY : {}),
    XDG_STATE_HOME: state,
    LR_RUN_DIR: run,
    LR_ITERATION: '1',
    LR_SOURCES: sources.join('\n'),
  }
}
