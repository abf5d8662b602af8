import { CommandError, ExitStatus, findGit, type Io } from '@loop-runner/cli-kit'
import type { Engine } from './engine.ts'
import { findRepository } from './find-repository.ts'
import { openGitEngine } from '../git-program/git-engine.ts'

/** An option that runs what a repository names is never set by a file that may lie in that repository. */
export const RUNS_PROGRAMS = { type: 'flag', commandLineOnly: true } as const

/** What every command has. */
export const ENGINE_OPTION = {
  engine: {
    type: 'choice',
    choices: ['auto', 'git', 'native'],
    default: 'auto',
    placeholder: 'NAME',
    describe: 'use the git program or the built-in engine (native); auto uses git if it is installed',
  },
} as const

/** Of commands that compare files with what is committed. */
export const COMPARING_OPTIONS = {
  ...ENGINE_OPTION,
  filters: {
    ...RUNS_PROGRAMS,
    describe: 'run the filters that .gitattributes assigns to the files, such as LFS',
  },
} as const

/** Of commands that change the repository. */
export const ENGINE_OPTIONS = {
  ...COMPARING_OPTIONS,
  sign: { ...RUNS_PROGRAMS, describe: 'sign commits with the program and key configured in git' },
  'lock-timeout': {
    type: 'duration',
    default: '10s',
    placeholder: 'TIME',
    describe: 'how long to wait for a lock held by another git process',
  },
} as const

/** For programs that must not commit elsewhere: a file in the repository does not say where commits go. */
export const RUN_BRANCH = {
  type: 'text',
  placeholder: 'NAME',
  commandLineOnly: true,
  describe:
    'fail unless HEAD is on NAME, the branch of a run; the first commit creates it after start --at-first-commit',
} as const

/** What an engine may do besides. */
export interface EngineOptions {
  readonly engine: string
  readonly filters?: boolean
  readonly sign?: boolean
}

/**
 * The engine that may work on the repository of the working directory.
 *
 * @throws CommandError (3) where there is no repository, no git though it was asked for, or one that is not understood
 */
export async function openEngine(options: EngineOptions, io: Io): Promise<Engine> {
  const repository = findRepository(io.cwd, io.env)
  const file = options.engine === 'native' ? undefined : findGit(io.env, repository.root)
  if (file !== undefined) return openGitEngine(file, repository, options, io)
  if (options.engine === 'git') {
    throw new CommandError(ExitStatus.Failed, 'git: not found on PATH (install it, or use --engine native)')
  }
  const unable = options.filters ? '--filters' : options.sign ? '--sign' : undefined
  if (unable !== undefined)
    throw new CommandError(ExitStatus.Failed, `${unable}: not supported by the native engine (install git)`)
  const { openNativeEngine } = await import('../native/native-engine.ts')
  return openNativeEngine(repository, io)
}
