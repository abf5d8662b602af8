import { runGit, type GitRequest } from '@loop-runner/cli-kit'

/** What a call of git that only reads printed, as names ended by NUL, and its exit code: 127 without git. */
export async function listNames(request: GitRequest): Promise<{ status: number; names: string[] }> {
  const { status, stdout } = await runGit(request)
  return {
    status,
    names: stdout
      .toString('utf8')
      .split('\0')
      .filter((name) => name !== ''),
  }
}
