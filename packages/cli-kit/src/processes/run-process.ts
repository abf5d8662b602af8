import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import type { Subprocess } from 'execa'
import { statusOfSignal } from '../exit-status.ts'
import type { Io } from '../io.ts'
import { LONGEST_TIMER_MS } from '../longest-timer.ts'
import { noteGroup, signalGroup } from './running-groups.ts'
import { watchOutput } from './watch-output.ts'

/** Between asking a process group to end and killing it. */
const GRACE_MS = 2000
/** Between killing it, or its leader's own end, and giving up on processes that still hold the pipes. */
const SETTLE_MS = 500

/** What to run. No shell reads it. */
export interface ProcessRequest {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** All of the child's environment. */
  readonly env: NodeJS.ProcessEnv
  /** Bytes to feed, now or as they come, a descriptor to read from, or nothing (an empty input). */
  readonly stdin?: Buffer | string | Readable | number
  /** Receives what it prints; a descriptor takes it without a detour through us. */
  readonly stdout: ((chunk: Buffer) => void) | number
  readonly stderr: ((chunk: Buffer) => void) | number
  /** A process that prints more than this on its standard output is stopped, as one that never ends to print. */
  readonly maxStdoutBytes?: number
  readonly timeoutMs?: number
  /** Between asking its group to end and killing it; 2 s by default. */
  readonly graceMs?: number
}

/** How a process ended. */
export interface ProcessResult {
  /** Its exit code; 128+n when ended by signal n, 124 timed out, 126 not executable, 127 not found. */
  readonly status: number
  readonly signal: NodeJS.Signals | undefined
  readonly timedOut: boolean
  /** The system's code where it could not be started, such as `ENOENT`. */
  readonly startError: string | undefined
}

export interface WatchedResult extends ProcessResult {
  /** Whether it printed more than it may. */
  readonly flooded: boolean
}

/**
 * Runs a process in a group of its own and settles whatever its descendants do: at the time limit, at an interrupt and
 * after its own end the whole group is stopped, and pipes that are still held outside the group are let go. execa starts
 * it, feeds it and reports how it ended; its own limits stop the leader only and wait for held pipes (docs/decisions/).
 */
export async function runProcess(request: ProcessRequest, io: Pick<Io, 'onInterrupt'>): Promise<WatchedResult> {
  // Slow to load, and most starts of a program end before they need it.
  const { execa } = await import('execa')
  const stdout = watchOutput(request.stdout, request.maxStdoutBytes, () => void stop())
  const child = execa(request.file, request.args, optionsOf(request))
  if (typeof stdout.target === 'function') child.stdout?.on('data', stdout.target)
  if (typeof request.stderr === 'function') child.stderr?.on('data', request.stderr)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = () => stopGroup(child, closed, request)
  const forget = [io.onInterrupt(stop), noteGroup(child.pid)]
  try {
    const result = await settle(child, child.then(resultOf), closed, request)
    return { ...result, flooded: stdout.close() }
  } finally {
    for (const end of forget) end()
  }
}

type Child = Pick<Subprocess, 'pid' | 'once'> & Partial<Pick<Subprocess, 'stdout' | 'stderr'>>

function optionsOf({ cwd, env, stdin, stdout, stderr }: ProcessRequest) {
  return {
    cwd,
    env,
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    // Its types know no descriptor as such.
    stdin: (stdin === undefined ? 'ignore' : typeof stdin === 'number' ? stdin : 'pipe') as 'pipe',
    ...(stdin !== undefined && typeof stdin !== 'number' ? { input: stdin } : {}),
    stdout: (typeof stdout === 'number' ? stdout : 'pipe') as 'pipe',
    stderr: (typeof stderr === 'number' ? stderr : 'pipe') as 'pipe',
  } as const
}

/** How it ended, with nothing left of its group and of our pipes. */
async function settle(
  child: Child,
  reported: Promise<ProcessResult>,
  closed: Promise<void>,
  request: ProcessRequest,
): Promise<ProcessResult> {
  const exited = new Promise<ProcessResult>((resolve) =>
    child.once('exit', (code, signal) => resolve(resultOfExit(code ?? undefined, signal ?? undefined))),
  )
  const ended = Promise.race([reported, exited])
  const result = await endOrStop(ended, child, closed, request)
  if (result.startError === undefined) {
    // What the leader left running in its group goes with it; what escaped the group loses our ends of the pipes.
    if (!(await settlesWithin(closed, SETTLE_MS / 5))) await stopGroup(child, closed, request)
    else signalGroup(child.pid, 'SIGKILL')
    await settlesWithin(closed, SETTLE_MS)
  }
  child.stdout?.destroy()
  child.stderr?.destroy()
  return result
}

function resultOfExit(code: number | undefined, signal: NodeJS.Signals | undefined): ProcessResult {
  const status = code ?? statusOfSignal(signal === undefined ? 0 : constants.signals[signal])
  return { status, signal, timedOut: false, startError: undefined }
}

/** The part of execa's result that is used. */
interface Reported {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly code?: string | undefined
}

function resultOf({ exitCode, signal, code }: Reported): ProcessResult {
  if (exitCode === undefined && signal === undefined) return notStarted(code ?? 'EINVAL')
  return resultOfExit(exitCode, signal as NodeJS.Signals | undefined)
}

/** How the leader ended; at the time limit the group is stopped. */
async function endOrStop(
  ended: Promise<ProcessResult>,
  child: Child,
  closed: Promise<void>,
  request: ProcessRequest,
): Promise<ProcessResult> {
  const { timeoutMs } = request
  if (timeoutMs === undefined || (await settlesWithin(ended, timeoutMs))) return ended
  await stopGroup(child, closed, request)
  const late: ProcessResult = { status: 124, signal: undefined, timedOut: true, startError: undefined }
  await settlesWithin(ended, SETTLE_MS)
  return late
}

function notStarted(code: string): ProcessResult {
  const status = code === 'ENOENT' || code === 'ENOTDIR' ? 127 : 126
  return { status, signal: undefined, timedOut: false, startError: code }
}

/**
 * Asks the group to end, gives it time, and kills what is left of it. It is over early once the leader is gone and our
 * pipes are closed: members that were not waited for stay in the group as zombies, so the group itself cannot tell.
 */
async function stopGroup(
  child: Child,
  closed: Promise<void>,
  { graceMs = GRACE_MS }: Pick<ProcessRequest, 'graceMs'>,
): Promise<void> {
  if (!signalGroup(child.pid, 'SIGTERM')) return
  await settlesWithin(closed, graceMs)
  signalGroup(child.pid, 'SIGKILL')
}

async function settlesWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.min(limitMs, LONGEST_TIMER_MS))
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
