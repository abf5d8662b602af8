import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Engine, Head, LocalChange, Step } from '../repository/engine.ts'
import type { Repository } from '../repository/find-repository.ts'
import { type GitConfig, parseConfigList } from '../repository/git-config.ts'
import {
  type GitObject,
  type Hash,
  nameObject,
  type NamedObject,
  type ObjectFormat,
  writeCommit,
} from '../repository/git-object.ts'
import { checkAttributes, readAttributes, readCheckouts, storeFiles } from './git-files.ts'
import { makeIndex, readIndex } from './git-index.ts'
import { signCommit } from './git-sign.ts'
import type { EngineOptions } from '../repository/open-engine.ts'
import { parseObjects } from './git-batch.ts'
import { type Git, makeGit } from './git-program.ts'
import { linkedTreesOf } from '../repository/linked-trees.ts'
import { writePack } from './pack.ts'

/** An attribute that stores another encoding than the file's: what a model writes is UTF-8. */
const ENCODING = 'working-tree-encoding'

/**
 * The engine that asks the installed git: only plumbing, nothing that the repository configures is run.
 *
 * @throws CommandError (3) where git does not take the repository
 */
export async function openGitEngine(
  file: string,
  repository: Repository,
  { filters = false, sign = false }: EngineOptions,
  io: Io,
): Promise<Engine> {
  const first = makeGit(file, repository.root, [], io)
  const [format, config] = await Promise.all([readFormat(first, repository), readConfig(first, io.env)])
  const drivers = config.keys().flatMap((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1] ?? [])
  const git = drivers.length === 0 || filters ? first : makeGit(file, repository.root, [...new Set(drivers)], io)
  const refused = filters ? [ENCODING] : ['filter', ENCODING]
  const check = (paths: readonly string[]) => checkAttributes(git, paths, refused)
  return {
    name: 'git',
    repository,
    format,
    config,
    signs: sign,
    ...readersOf(git),
    ...writersOf(git, format, sign ? io.env : undefined),
    linkedTrees: () => linkedTreesOf(git, repository, (paths) => readAttributes(git, paths, filters ? [] : ['filter'])),
    checkAttributes: check,
    readCheckouts: async (files) => {
      await check(files.map(({ path }) => path))
      return readCheckouts(git, files)
    },
    storeFiles: (paths) => storeFiles(git, repository, paths),
    storeBytes: async (path, bytes) => {
      const { stdout } = await git(['hash-object', '-w', '--stdin', `--path=${path}`], { stdin: bytes })
      return stdout.toString().trim()
    },
  }
}

type Readers =
  | 'readHead'
  | 'readRef'
  | 'findRefBelow'
  | 'resolveCommit'
  | 'readPaths'
  | 'readObjects'
  | 'readHistory'
  | 'readIndex'
  | 'listChanges'

function readersOf(git: Git): Pick<Engine, Readers> {
  return {
    readHead: () => readHead(git),
    readRef: (ref) => resolve(git, ref),
    findRefBelow: async (ref) => {
      const { stdout } = await git(['for-each-ref', '--count=1', '--format=%(refname)', `${ref}/`])
      return stdout.toString().trim() || undefined
    },
    resolveCommit: (revision) => resolve(git, `${revision}^{commit}`),
    readPaths: async (commit, paths) => {
      const names = paths.map((path) => `${commit}:${path}`)
      const objects = await readBatch(git, names)
      return new Map(paths.flatMap((path, index) => (objects[index] ? [[path, objects[index]]] : [])))
    },
    readObjects: (hashes) => readExisting(git, hashes),
    readHistory: (commit, end, limit) => readHistory(git, commit, end, limit),
    readIndex: (paths) => readIndex(git, paths),
    listChanges: () => listChanges(git),
  }
}

type Writers = 'writeObjects' | 'sealCommit' | 'makeTreeIndex' | 'makeIndex' | 'takeStep'

/** @param signWith the environment in which commits are signed; undefined where they are not */
function writersOf(git: Git, format: ObjectFormat, signWith: NodeJS.ProcessEnv | undefined): Pick<Engine, Writers> {
  const writeObjects = async (objects: readonly GitObject[]) => {
    if (objects.length > 0) await git(['unpack-objects', '-q'], { stdin: writePack(objects, format) })
  }
  return {
    writeObjects,
    sealCommit: async (commit, objects) => {
      if (signWith === undefined) return nameObject({ type: 'commit', bytes: writeCommit(commit) }, format)
      await writeObjects(objects)
      return signCommit(git, commit, signWith)
    },
    makeTreeIndex: async (tree, target) => {
      await git(['read-tree', tree], { env: { GIT_INDEX_FILE: target } })
    },
    makeIndex: (changes, target) => makeIndex(git, changes, target, format),
    takeStep: (step, reason) => takeStep(git, step, reason),
  }
}

async function readFormat(git: Git, { root }: Repository): Promise<ObjectFormat> {
  const { stdout } = await git(['rev-parse', '--show-object-format', '--show-toplevel'])
  const [format, ...top] = stdout.toString().replace(/\n$/, '').split('\n')
  if (top.join('\n') !== root) {
    throw new CommandError(ExitStatus.Failed, `${root}: core.worktree names another working tree (${top.join('\n')})`)
  }
  return format === 'sha256' ? 'sha256' : 'sha1'
}

/** As the user and the repository have it: without the settings by which we harden git. */
async function readConfig(git: Git, env: NodeJS.ProcessEnv): Promise<GitConfig> {
  const { stdout } = await git(['config', '--list', '-z'], {
    env: { GIT_CONFIG_COUNT: env['GIT_CONFIG_COUNT'] ?? '0' },
  })
  return parseConfigList(stdout.toString())
}

async function readHead(git: Git): Promise<Head> {
  const [symbolic, commit] = await Promise.all([
    git(['symbolic-ref', '-q', 'HEAD'], { accept: [0, 1] }),
    resolve(git, 'HEAD^{commit}'),
  ])
  return { ref: symbolic.status === 0 ? symbolic.stdout.toString().trim() : undefined, commit }
}

async function resolve(git: Git, revision: string): Promise<Hash | undefined> {
  const { status, stdout } = await git(['rev-parse', '-q', '--verify', '--end-of-options', revision], {
    accept: [0, 1],
  })
  return status === 0 ? stdout.toString().trim() : undefined
}

async function readBatch(git: Git, names: readonly string[]): Promise<(NamedObject | undefined)[]> {
  if (names.length === 0) return []
  const { stdout } = await git(['cat-file', '--batch'], { stdin: names.map((name) => `${name}\n`).join('') })
  return parseObjects(stdout)
}

async function readExisting(git: Git, hashes: readonly Hash[]): Promise<GitObject[]> {
  const objects = await readBatch(git, hashes)
  return objects.map((object, index) => {
    if (!object) throw new CommandError(ExitStatus.Failed, `${hashes[index]}: the object is not in the repository`)
    return object
  })
}

async function readHistory(git: Git, commit: Hash, end: Hash | null, limit: number): Promise<NamedObject[]> {
  const range = end === null ? [commit] : [commit, `^${end}`]
  const { stdout } = await git(['rev-list', '--first-parent', `--max-count=${limit}`, ...range])
  const objects = await readBatch(git, stdout.toString().split('\n').filter(Boolean))
  return objects.filter((object) => object !== undefined)
}

/** Submodules are compared by their commit alone: looking into them would run what *their* configuration names. */
async function listChanges(git: Git): Promise<LocalChange[]> {
  const { stdout } = await git([
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=no',
    '--ignore-submodules=dirty',
    '--no-renames',
  ])
  return stdout
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line) => ({
      path: line.slice(3),
      staged: line[0] !== ' ',
      conflict: /^(?:DD|AU|UD|UA|DU|AA|UU)/.test(line),
    }))
}

async function takeStep(git: Git, step: Step, reason: string): Promise<void> {
  const { status, stderr } = await git(...stepCommand(step, reason))
  if (status === 0) return
  const lines = stderr.trim().replace(/^(?:fatal|error): /, '')
  const why = lines.split('\n')[0] ?? ''
  const isLate = /File exists|but expected|already exists|reference is missing/.test(why)
  const remedy = /\.lock/.test(why) && isLate ? ' (try again; if no git runs, remove that file)' : ''
  const name = 'ref' in step ? step.ref : 'HEAD'
  throw new CommandError(
    isLate ? ExitStatus.TryAgain : ExitStatus.Failed,
    `${name}: could not be moved: ${why}${remedy}`,
  )
}

function stepCommand(step: Step, reason: string): Parameters<Git> {
  const options = { accept: [0, 1, 128], uninterrupted: true } as const
  if ('ref' in step) {
    const { ref, from, to } = step
    const stdin = `${from === undefined ? `create ${ref} ${to}` : `update ${ref} ${to} ${from}`}\n`
    return [['update-ref', '--no-deref', '--create-reflog', '-m', reason, '--stdin'], { ...options, stdin }]
  }
  if ('ref' in step.head) return [['symbolic-ref', '-m', reason, 'HEAD', step.head.ref], options]
  return [['update-ref', '--no-deref', '-m', reason, 'HEAD', step.head.commit], options]
}
