import { closeSync, openSync, writeFileSync } from 'node:fs'
import { runProcess, stopMarked } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { redact, type Secret } from './redact.ts'

/** The environment of an agent and its children. */
export const AGENT_MARK = 'LR_AGENT_OF'
const MAX_OUTPUT = 20e6

/** The output of an agent, without keys, and the lines that report its end. */
export interface AgentRun {
  readonly status: number
  /** The file with its standard error. */
  readonly log: string
  readonly stdout: string
  readonly stderr: string
  readonly told: readonly string[]
}

/** Runs the agent and stops all that it left running. Its output is also in the files `agent.out` and `agent.err`. */
export async function startAgent(
  iteration: number,
  prompt: string,
  secrets: readonly Secret[],
  context: LoopContext,
): Promise<AgentRun> {
  const { folder, debug, passOn } = context
  const log = folder.file({ stage: 'agent', iteration }, 'err')
  const { printed, ...end } = await runToEnd(iteration, prompt, context)
  const left = await stopMarked(AGENT_MARK, folder.path)
  const stdout = redact(printed.stdout, secrets)
  const stderr = redact(printed.stderr, secrets)
  folder.write({ stage: 'agent', iteration }, 'out', stdout)
  writeFileSync(log, stderr, { mode: 0o600 })
  if (debug > 0) passOn(Buffer.from(stderr + stdout))
  const hasKey = stdout !== printed.stdout || stderr !== printed.stderr
  return { status: end.status, log, stdout, stderr, told: describeEnd({ ...end, left, hasKey }) }
}

async function runToEnd(iteration: number, prompt: string, { io, folder, settings }: LoopContext) {
  const { command = '', timeoutMs } = settings.agent ?? {}
  const [stdout, stderr] = [collect(), collect()]
  const stdin = openSync(prompt, 'r')
  const { LR_RUN_DIR: _run, LR_API_KEY: _key, LR_LOOP_API_KEY: _own, ...env } = io.env
  const sources = settings.stages.sources.join('\n')
  const request = {
    file: 'sh',
    args: ['-c', command],
    cwd: io.cwd,
    env: { ...env, [AGENT_MARK]: folder.path, LR_ITERATION: String(iteration), LR_SOURCES: sources },
    stdin,
    stdout: stdout.add,
    stderr: stderr.add,
    maxStdoutBytes: MAX_OUTPUT,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
  try {
    const { status, timedOut, flooded } = await runProcess(request, io)
    return { status, timedOut, flooded, printed: { stdout: stdout.text(), stderr: stderr.text() } }
  } finally {
    closeSync(stdin)
  }
}

interface AgentEnd {
  readonly status: number
  readonly timedOut: boolean
  readonly flooded: boolean
  readonly left: readonly string[]
  readonly hasKey: boolean
}

function describeEnd({ status, timedOut, flooded, left, hasKey }: AgentEnd): string[] {
  const isStopped = timedOut || flooded
  return [
    ...(timedOut ? ['-: the agent was stopped at its time limit (--agent-timeout)'] : []),
    ...(flooded ? ['-: the agent was stopped, because it printed too much'] : []),
    ...(status === 0 || isStopped ? [] : [`-: the agent ended with exit code ${status}`]),
    ...(left.length > 0 ? [`-: the agent left processes running, which were stopped: ${left.join(', ')}`] : []),
    ...(hasKey ? ['-: the agent printed a key, which is not recorded'] : []),
  ]
}

function collect() {
  const chunks: Buffer[] = []
  let size = 0
  const add = (chunk: Buffer) => {
    size += chunk.length
    if (size <= MAX_OUTPUT) chunks.push(chunk)
  }
  return { add, text: () => Buffer.concat(chunks).toString('utf8') }
}
