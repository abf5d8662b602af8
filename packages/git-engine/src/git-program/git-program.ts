import { realpathSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { CommandError, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'
import { isExecutable } from './is-executable.ts'

/** Runs git with these arguments. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<GitResult>

export interface GitOptions {
  readonly stdin?: Buffer | string
  /** Exit statuses that are answers; any other is an error. */
  readonly accept?: readonly number[]
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Lets it end even when we are interrupted. */
  readonly uninterrupted?: true
}

export interface GitResult {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Settings that keep git from running what a configuration names, and from leaving half of what it writes. */
const HARDENING: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.pager': 'cat',
  'core.sshCommand': 'false',
  'core.logAllRefUpdates': 'true',
  'core.fsync': 'committed,reference,index',
  'credential.helper': '',
  'diff.external': '',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  'commit.gpgSign': 'false',
}

/** What of the environment git may see; all other `GIT_*` would change what it does. */
const PASSED =
  /^(PATH|HOME|XDG_CONFIG_HOME|USER|LOGNAME|TZ|TMPDIR|SystemRoot|GIT_CONFIG_(NOSYSTEM|GLOBAL|SYSTEM|COUNT|KEY_\d+|VALUE_\d+)|GIT_CEILING_DIRECTORIES)$/

/** The `git` of PATH; folders that are relative or lie in the working tree are skipped, for a model may write there. */
export function findGit(env: NodeJS.ProcessEnv, root: string): string | undefined {
  return (env['PATH'] ?? '')
    .split(':')
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, 'git'))
    .find((file) => isExecutable(file) && isOutside(realpathSync(file), root) && isOutside(file, root))
}

/**
 * A way to run git in a folder, hardened.
 *
 * @param drivers names of filter drivers, which are switched off
 * @throws CommandError (3) from each run that ends with a status that is no answer
 */
export function makeGit(file: string, root: string, drivers: readonly string[], io: Io): Git {
  const env = gitEnvironment(io.env, { ...HARDENING, ...Object.assign({}, ...drivers.map(blankFilter)) })
  return async (args, { stdin = '', accept = [0], env: added = {}, uninterrupted } = {}) => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    const request = {
      file,
      args: ['--no-pager', '--literal-pathspecs', '--no-optional-locks', ...args],
      cwd: root,
      env: { ...env, ...added },
      stdin,
      stdout: (chunk: Buffer) => void stdout.push(chunk),
      stderr: (chunk: Buffer) => void stderr.push(chunk),
    }
    const { status } = await runProcess(request, uninterrupted ? { onInterrupt: () => () => {} } : io)
    const result = { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }
    if (!accept.includes(status)) throw gitError(args[0] ?? '', result, root)
    return result
  }
}

function gitError(command: string, { status, stderr }: GitResult, root: string): CommandError {
  if (stderr.includes('dubious ownership')) {
    const remedy = `git config --global --add safe.directory '${root}', if you trust it`
    return new CommandError(ExitStatus.Failed, `${root}: belongs to another user (${remedy})`)
  }
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'))
  const reason = (lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? `status ${status}`).replace(
    /^(fatal|error): /,
    '',
  )
  return new CommandError(ExitStatus.Failed, `git ${command}: ${reason}`)
}

function gitEnvironment(env: NodeJS.ProcessEnv, settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)))
  // Appended to those of the user's own environment, so ours are read last and win.
  const first = Number(passed['GIT_CONFIG_COUNT'] ?? 0) || 0
  const entries = Object.entries(settings)
  const added = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key],
    [`GIT_CONFIG_VALUE_${first + index}`, value],
  ])
  return {
    ...passed,
    ...Object.fromEntries(added),
    GIT_CONFIG_COUNT: String(first + entries.length),
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}

function blankFilter(driver: string): Record<string, string> {
  return Object.fromEntries([
    ...['clean', 'smudge', 'process'].map((name) => [`filter.${driver}.${name}`, '']),
    [`filter.${driver}.required`, 'false'],
  ])
}

function isOutside(file: string, root: string): boolean {
  return relative(root, file).startsWith('..')
}
