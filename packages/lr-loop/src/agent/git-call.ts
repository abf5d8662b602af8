import { closeSync, openSync } from 'node:fs'
import { runProcess } from '@loop-runner/cli-kit'
import { gitEnvironment } from '../stages/run-stage.ts'

/** Runs no program that a repository's configuration names. */
const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false']

/**
 * What git printed; undefined if it failed or is not installed.
 *
 * @param input a file for its standard input
 */
export async function callPlainGit(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input?: string,
): Promise<string | undefined> {
  const chunks: Buffer[] = []
  const stdin = input === undefined ? undefined : openSync(input, 'r')
  const request = {
    file: 'git',
    args: [...HARDENED, ...args],
    cwd,
    env: { ...gitEnvironment(env), GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1' },
    ...(stdin === undefined ? {} : { stdin }),
    stdout: (chunk: Buffer) => void chunks.push(chunk),
    stderr: () => {},
  }
  try {
    // It ends by itself.
    const { status } = await runProcess(request, { onInterrupt: () => () => {} })
    return status === 0 ? Buffer.concat(chunks).toString('utf8') : undefined
  } finally {
    if (stdin !== undefined) closeSync(stdin)
  }
}

/** Git in a folder: what it printed; undefined if it failed. */
export type Git = (...args: string[]) => Promise<string | undefined>

export function gitIn(cwd: string, env: NodeJS.ProcessEnv): Git {
  return (...args) => callPlainGit(args, cwd, env)
}

/** What became of something that git is to put back. */
export async function outcomeOf(done: string, git: Git, ...args: string[]): Promise<string> {
  return (await git(...args)) === undefined ? `it could not be ${done}` : `it was ${done}`
}
