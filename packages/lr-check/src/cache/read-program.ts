import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { findOnPath, type Io } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import { startPlan, type StartOptions } from '../running/start-plan.ts'

/** Which program a run starts. */
export interface ProgramIdentity {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  /** Its answer to --version. The file alone is not enough: it may load modules or plugins. */
  readonly said: string
}

const VERSION_TIMEOUT_MS = 10_000

/** Reads the program of a run and its version; undefined if it is built in or does not exist. */
export async function readProgram(plan: Plan, options: StartOptions, io: Io): Promise<ProgramIdentity | undefined> {
  const { argv, folder, checker, builtIn } = plan
  const [program = ''] = argv
  const called = program.includes('/') ? resolve(io.cwd, folder, program) : findOnPath(program, options.env)
  if (builtIn !== undefined || called === undefined) return undefined
  const path = realpathSync(called)
  const { size, mtimeMs } = statSync(path)
  const args = checker?.version ?? ['--version']
  // A script knows no such option, and would do its work.
  if (!checker || args.length === 0) return { path, size, mtimeMs, said: '' }
  const question: Plan = { argv: [program, ...args], folder, checker: undefined, files: [] }
  const { stdout, stderr } = await startPlan(question, { ...options, timeoutMs: VERSION_TIMEOUT_MS }, io)
  return { path, size, mtimeMs, said: stdout + stderr }
}
