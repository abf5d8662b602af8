import { workingTreeOf } from '../state-folder.ts'
import type { Io } from '../io.ts'
import { runProcess } from '../processes/run-process.ts'
import { findGit } from './find-git.ts'
import { gitEnvironment } from './git-environment.ts'

export interface GitRequest {
  readonly args: readonly string[]
  readonly cwd: string
  /** Of which git sees only what cannot change what it does. */
  readonly env: NodeJS.ProcessEnv
  /** The program, where it is known already. */
  readonly file?: string
  /** Added to the configuration, by their names. */
  readonly settings?: Readonly<Record<string, string>>
  /** Variables of git's own that this call needs. */
  readonly variables?: Readonly<Record<string, string>>
  readonly stdin?: Buffer | string
}

export interface GitEnd {
  /** Its exit code; 127 where there is no git. */
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** A call that only reads, and ends by itself: an interrupt need not wait for it. */
const UNINTERRUPTED: Pick<Io, 'onInterrupt'> = { onInterrupt: () => () => {} }

/**
 * The one way to start git: it runs no program that a repository configures. scripts/architecture.test.ts holds that
 * nothing else starts it.
 */
export async function runGit(request: GitRequest, interrupts = UNINTERRUPTED): Promise<GitEnd> {
  const { args, cwd, env, settings, variables = {}, stdin } = request
  const file = request.file ?? findGit(env, workingTreeOf(cwd))
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  if (file === undefined) return { status: 127, stdout: Buffer.alloc(0), stderr: 'not found' }
  const call = {
    file,
    args: ['--no-pager', '--no-optional-locks', ...args],
    cwd,
    env: { ...gitEnvironment(env, settings), ...variables },
    ...(stdin === undefined ? {} : { stdin }),
    stdout: (chunk: Buffer) => void chunks.stdout.push(chunk),
    stderr: (chunk: Buffer) => void chunks.stderr.push(chunk),
  }
  const { status } = await runProcess(call, interrupts)
  return {
    status,
    stdout: Buffer.concat(chunks.stdout),
    stderr: Buffer.concat(chunks.stderr).toString(),
  }
}
