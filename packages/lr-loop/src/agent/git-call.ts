import { runProcess } from '@loop-runner/cli-kit'
import { gitEnvironment } from '../stages/run-stage.ts'

/** Runs no program that a repository's configuration names. */
const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false']

/** What git printed; undefined if it failed or is not installed. */
export async function callPlainGit(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const chunks: Buffer[] = []
  const request = {
    file: 'git',
    args: [...HARDENED, ...args],
    cwd,
    env: { ...gitEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
    stdout: (chunk: Buffer) => void chunks.push(chunk),
    stderr: () => {},
  }
  // It ends by itself.
  const { status } = await runProcess(request, { onInterrupt: () => () => {} })
  return status === 0 ? Buffer.concat(chunks).toString('utf8') : undefined
}

/** Git in a folder: what it printed; undefined if it failed. */
export type Git = (...args: string[]) => Promise<string | undefined>

export function gitIn(cwd: string, env: NodeJS.ProcessEnv): Git {
  return (...args) => callPlainGit(args, cwd, env)
}
