import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { copyIndex } from './copy-index.ts'
import type { Engine, Head, IndexEntry, LocalChange, PathChange, Step } from './engine.ts'
import type { Repository } from './find-repository.ts'
import { type GitConfig, parseConfigList } from './git-config.ts'
import type { GitObject, Hash, NamedObject, ObjectFormat } from './git-object.ts'
import { parseObjects } from './git-batch.ts'
import { type Git, makeGit } from './git-program.ts'
import { writePack } from './pack.ts'
import { refuseAttributes } from './refuse-attributes.ts'
import { readFile } from './working-file.ts'

/** Attributes that hand a file's content to a program, or store it in another encoding. */
const ATTRIBUTES = ['filter', 'working-tree-encoding']
/** More paths than this are not named on a command line, whose length the system limits. */
const MOST_ARGUMENTS = 500

/**
 * The engine that asks the installed git: only plumbing, nothing that the repository configures is run
 * (research/reliability.md 1.2).
 *
 * @throws CommandError (3) where git does not take the repository
 */
export async function openGitEngine(file: string, repository: Repository, io: Io): Promise<Engine> {
  const first = makeGit(file, repository.root, [], io)
  const [format, config] = await Promise.all([readFormat(first, repository), readConfig(first)])
  const drivers = config.keys().flatMap((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1] ?? [])
  const git = drivers.length === 0 ? first : makeGit(file, repository.root, [...new Set(drivers)], io)
  return {
    name: 'git',
    repository,
    format,
    config,
    readHead: () => readHead(git),
    readRef: (ref) => resolve(git, ref),
    resolveCommit: (revision) => resolve(git, `${revision}^{commit}`),
    readPaths: async (commit, paths) => {
      const objects = await readBatch(
        git,
        paths.map((path) => `${commit}:${path}`),
      )
      return new Map(paths.flatMap((path, index) => (objects[index] ? [[path, objects[index]]] : [])))
    },
    readObjects: (hashes) => readExisting(git, hashes),
    readHistory: (commit, end, limit) => readHistory(git, commit, end, limit),
    readIndex: (paths) => readIndex(git, paths),
    checkAttributes: (paths) => checkAttributes(git, paths),
    readCheckouts: (files) => readCheckouts(git, files),
    storeFiles: (paths) => storeFiles(git, repository, paths),
    writeObjects: async (objects) => {
      if (objects.length > 0) await git(['unpack-objects', '-q'], { stdin: writePack(objects, format) })
    },
    makeIndex: (changes, target) => makeIndex(git, changes, target, format),
    listChanges: () => listChanges(git),
    addWorktree: async (folder, branch, commit) => {
      await git(['worktree', 'add', '-q', '-b', branch, folder, commit])
    },
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

async function readConfig(git: Git): Promise<GitConfig> {
  const { stdout } = await git(['config', '--list', '-z'])
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
    accept: [0, 1, 128],
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

async function readIndex(git: Git, paths: readonly string[], env = {}): Promise<IndexEntry[]> {
  const named = paths.length > MOST_ARGUMENTS ? [] : ['--', ...paths]
  const { stdout } = await git(['ls-files', '-s', '-z', ...named], { env })
  const entries = stdout.toString().split('\0').flatMap(parseIndexLine)
  const wanted = new Set(paths)
  // A folder's name gives what is in it, too.
  return entries.filter(({ path }) => wanted.has(path))
}

function parseIndexLine(line: string): IndexEntry[] {
  const [, mode, hash, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? []
  if (mode === undefined || hash === undefined || path === undefined) return []
  return [{ path, mode, hash, stage: Number(stage) }]
}

async function checkAttributes(git: Git, paths: readonly string[]): Promise<void> {
  const { stdout } = await git(['check-attr', '-z', '--stdin', ...ATTRIBUTES], {
    stdin: paths.map((path) => `${path}\0`).join(''),
  })
  const fields = stdout.toString().split('\0')
  for (let at = 0; at + 2 < fields.length; at += 3) {
    refuseAttributes(fields[at] ?? '', fields[at + 1] ?? '', fields[at + 2] ?? '')
  }
}

async function readCheckouts(
  git: Git,
  files: readonly { readonly path: string; readonly hash: Hash }[],
): Promise<Buffer[]> {
  await checkAttributes(
    git,
    files.map(({ path }) => path),
  )
  const contents: Buffer[] = []
  // One process a file: in a batch, git announces the length from before the conversion.
  for (const { path, hash } of files) {
    contents.push((await git(['cat-file', '--filters', `--path=${path}`, hash])).stdout)
  }
  return contents
}

/**
 * A file with carriage returns is stored with the index at hand, a copy of it: where they are in the index already,
 * git keeps them, which `hash-object` does not know.
 */
async function storeFiles(git: Git, { root, gitDir }: Repository, paths: readonly string[]): Promise<Hash[]> {
  const isPlain = (path: string) => readFile(join(root, path))?.includes('\r\n') !== true
  const plain = paths.filter(isPlain)
  const other = paths.filter((path) => !plain.includes(path))
  const hashes = new Map<string, Hash>()
  if (plain.length > 0) {
    const lines = plain.map((path) => `${path}\n`).join('')
    const { stdout } = await git(['hash-object', '-w', '--stdin-paths'], { stdin: lines })
    for (const [index, hash] of stdout.toString().split('\n').entries()) hashes.set(plain[index] ?? '', hash)
  }
  if (other.length > 0) {
    const copy = join(gitDir, 'lr', 'stored')
    copyIndex(gitDir, copy)
    const lines = other.map((path) => `${path}\0`).join('')
    const env = { GIT_INDEX_FILE: copy }
    await git(['update-index', '--add', '-z', '--stdin'], { stdin: lines, env })
    for (const { path, hash } of await readIndex(git, other, env)) hashes.set(path, hash)
    rmSync(copy, { force: true })
  }
  return paths.map((path) => hashes.get(path) ?? '')
}

async function makeIndex(
  git: Git,
  changes: readonly PathChange[],
  target: string,
  format: ObjectFormat,
): Promise<void> {
  const none = '0'.repeat(format === 'sha1' ? 40 : 64)
  const lines = changes.map(({ path, entry }) => `${entry?.mode ?? '0'} ${entry?.hash ?? none}\t${path}\0`)
  await git(['update-index', '-z', '--index-info'], { stdin: lines.join(''), env: { GIT_INDEX_FILE: target } })
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
  if ('head' in step) {
    const args =
      'ref' in step.head
        ? ['symbolic-ref', '-m', reason, 'HEAD', step.head.ref]
        : ['update-ref', '--no-deref', '-m', reason, 'HEAD', step.head.commit]
    await git(args, { uninterrupted: true })
    return
  }
  const { ref, from, to } = step
  const line = `${from === undefined ? `create ${ref} ${to}` : `update ${ref} ${to} ${from}`}\n`
  const { status, stderr } = await git(['update-ref', '--no-deref', '--create-reflog', '-m', reason, '--stdin'], {
    stdin: line,
    accept: [0, 1, 128],
    uninterrupted: true,
  })
  if (status === 0) return
  const why =
    stderr
      .trim()
      .replace(/^fatal: /, '')
      .split('\n')[0] ?? ''
  const isLate = /File exists|but expected|already exists|reference is missing/.test(why)
  throw new CommandError(isLate ? ExitStatus.TryAgain : ExitStatus.Failed, `${ref}: could not be moved: ${why}`)
}
