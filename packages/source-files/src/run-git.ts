import { childEnvironment } from '@loop-runner/cli-kit'

/** Runs no program that a repository's configuration names (research/reliability.md 1.2). */
const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false']

/** What a call of git that only reads printed, as names ended by NUL, and its exit status: null without git. */
export async function runGit(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  stdin?: string,
): Promise<{ status: number | null; names: string[] }> {
  const { spawn } = await import('node:child_process')
  const child = spawn('git', [...HARDENED, ...args], {
    cwd,
    env: { ...childEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A git that does not read its input is no error of ours.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  const names = Buffer.concat(chunks).toString('utf8').split('\0')
  return { status, names: names.filter((name) => name !== '') }
}
