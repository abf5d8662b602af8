import { type Io, runProcess } from '@loop-runner/cli-kit'
import type { BuiltIn, Checker } from '@loop-runner/checker-table'
import { findProgram } from './find-program.ts'
import { builtInOf, missingProgram } from './choose-checker.ts'

/** How long a program may take to say its version. */
const VERSION_TIMEOUT_MS = 10_000

/** Whether a checker is there, and which. */
export interface CheckerState {
  /** How it is called; undefined where it is not there. */
  readonly found: string | undefined
  /** Empty where it does not say. */
  readonly version: string
}

/** Looks for a checker and asks it for its version. */
export async function readCheckerState(checker: Checker, io: Io): Promise<CheckerState> {
  const builtIn = builtInOf(checker, io.cwd, io.env)
  if (builtIn !== undefined) return { found: 'built in', version: await readBuiltInVersion(builtIn) }
  const found = findProgram(checker.command[0] ?? '', io.cwd, io.env)
  if (found === undefined || missingProgram(checker, io.cwd, io.env) !== undefined)
    return { found: undefined, version: '' }
  const args = checker.version ?? ['--version']
  return { found, version: args.length === 0 ? '' : await readVersion(found, args, io) }
}

/** Only what is built in as a package has a version of its own. */
async function readBuiltInVersion(builtIn: BuiltIn): Promise<string> {
  if (builtIn !== 'ruff') return ''
  const { version } = await (await import('../ruff/load-ruff.ts')).loadRuff()
  return `${version} (WebAssembly)`
}

async function readVersion(file: string, args: readonly string[], io: Io): Promise<string> {
  let said = ''
  const listen = (chunk: Buffer) => void (said += chunk.toString('utf8').slice(0, 4096))
  await runProcess(
    { file, args, cwd: io.cwd, env: io.env, stdout: listen, stderr: listen, timeoutMs: VERSION_TIMEOUT_MS },
    io,
  )
  return /\d+\.\d+(?:\.\d+)?/.exec(said)?.[0] ?? ''
}
