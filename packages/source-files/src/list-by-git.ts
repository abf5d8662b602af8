import { childEnvironment } from '@loop-runner/cli-kit'

/** Listing runs no program that a repository's configuration names (research/reliability.md 1.2). */
const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false']

/** What git lists in a folder: tracked and untracked files, not the ignored ones. Undefined outside a repository or without git. */
export async function listByGit(folder: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  const args = [
    ...HARDENED,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    `:(literal)${folder}`,
  ]
  const { spawn } = await import('node:child_process')
  const child = spawn('git', args, {
    cwd,
    env: { ...childEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  if (status !== 0) return undefined
  const names = Buffer.concat(chunks).toString('utf8').split('\0')
  // A nested repository that is not tracked is listed as its folder; an unmerged file is listed once a side.
  return [...new Set(names)].filter((name) => name !== '' && !name.endsWith('/'))
}
