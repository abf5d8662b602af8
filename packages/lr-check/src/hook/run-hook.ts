import { createHash } from 'node:crypto'
import { openSync } from 'node:fs'
import {
  BrokenPipe,
  type Call,
  CommandError,
  ExitStatus,
  type Io,
  Output,
  reasonOf,
  UsageError,
} from '@loop-runner/cli-kit'
import type { Configuration } from '@loop-runner/checkers'
import type { CHECK_OPTIONS } from '../check-options.ts'
import { makeRuns } from '../check-sources.ts'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Run } from '../running/run-plan.ts'
import { describeRuns } from './describe-runs.ts'
import { type HookInput, readHookInput } from './hook-input.ts'
import { nextTurn } from './next-turn.ts'
import { SessionMemory } from './session-memory.ts'

type CheckCall = Call<typeof CHECK_OPTIONS>

/** By this exit code a hook sends the agent back to work. */
const GO_ON = 2

/**
 * Runs the check as the stop hook of an agent. Its standard output is empty, since agents read JSON there.
 *
 * @returns 2 to send the agent back, 0 if the check passes, 1 if it fails and the agent may stop, 3 without a reliable result
 */
export async function runHook(call: CheckCall, configuration: Configuration, io: Io): Promise<number> {
  try {
    if (call.options.watch || call.options.doctor) throw new UsageError('--hook excludes --watch and --doctor')
    const input = readHookInput(await io.stdin.text())
    const silent = { ...io, stdout: new Output(openSync('/dev/null', 'w'), 'standard output', () => true) }
    const runs = await makeRuns(call, configuration, silent)
    return await answer(runs, input, call, io)
  } catch (error) {
    if (!(error instanceof CommandError) || error instanceof BrokenPipe) throw error
    // Its own exit code could be 2, which would send the agent back for a failure that is not its own.
    throw new CommandError(ExitStatus.Failed, error.message)
  }
}

async function answer(runs: readonly Run[], input: HookInput, { options, operands, command }: CheckCall, io: Io) {
  const key = [...options.checkers, ...operands, ...(command ?? [])].join('\0')
  const memory = new SessionMemory(input.session_id, key, io)
  const status = runs.some(({ isTampered }) => isTampered) ? ExitStatus.No : exitStatusOf(runs)
  if (status !== ExitStatus.No) {
    memory.forget()
    return status
  }
  const text = describeRuns(runs)
  const hash = createHash('sha256').update(text).digest('hex')
  // If the agent was not sent back by a hook, the user has spoken since.
  const turn = nextTurn(input.stop_hook_active ? memory.read() : undefined, hash, options['hook-limit'])
  const unkept = keep(memory, turn.memory)
  const letGo = turn.letGo ?? (unkept !== undefined && input.stop_hook_active ? unkept : undefined)
  if (letGo !== undefined) {
    memory.forget()
    await io.stderr.write(`lr-check: ${letGo}; the agent may stop\n${text}`)
    return ExitStatus.No
  }
  await io.stderr.write(`${introduce(turn.isSame)}\n\n${text}`)
  return GO_ON
}

function introduce(isSame: boolean): string {
  const same = isSame ? ' It fails exactly as before: what you did has changed nothing in it. Try another way.' : ''
  return `The check fails.${same} Fix the cause of what fails, not the check, then stop again. If it cannot be fixed, say why.`
}

/** Without a memory there would be no end: an agent is then sent back only once. */
function keep(memory: SessionMemory, value: Parameters<SessionMemory['write']>[0]): string | undefined {
  try {
    memory.write(value)
    return undefined
  } catch (error) {
    return `the number of failures cannot be recorded (${reasonOf(error)})`
  }
}
