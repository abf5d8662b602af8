import { childEnvironment, runProcess } from '@loop-runner/cli-kit'

/** Runs no program that a repository's configuration names. */
const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false']

/** What a call of git that only reads printed, as names ended by NUL, and its exit code: null without git. */
export async function runGit(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  stdin?: string,
): Promise<{ status: number | null; names: string[] }> {
  const chunks: Buffer[] = []
  const request = {
    file: 'git',
    args: [...HARDENED, ...args],
    cwd,
    env: { ...childEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
    stdin: stdin ?? '',
    stdout: (chunk: Buffer) => void chunks.push(chunk),
    stderr: () => {},
  }
  // It only reads and ends by itself, so an interrupt need not wait for it.
  const { status, startError } = await runProcess(request, { onInterrupt: () => () => {} })
  const names = Buffer.concat(chunks).toString('utf8').split('\0')
  return { status: startError === undefined ? status : null, names: names.filter((name) => name !== '') }
}
