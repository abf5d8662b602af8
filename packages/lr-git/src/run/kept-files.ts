import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  type Engine,
  type FileChange,
  type Hash,
  isThere,
  readFile,
  readTextIfThere,
  replaceDurably,
  treePath,
  writeDurably,
} from '@loop-runner/git-engine'

/** Ignored files are never committed. What they held is kept in the git folder, readable by its owner alone. */
const OURS = 0o600
const VERSIONS = 'versions'

/** A change of an ignored file: SHA-256 digests of its content, null if it did not exist. */
export interface KeptVersion {
  readonly path: string
  /** The commit that stands for the change; null for the file as it was when the run started. */
  readonly commit: Hash | null
  readonly before: string | null
  readonly after: string | null
}

/** An ignored file, before and after a reply. */
export interface IgnoredFile {
  readonly path: string
  readonly before: Buffer | undefined
  readonly after: Buffer | undefined
}

/** A run, by its branch and its commits. */
export interface KeptRun {
  readonly record: { readonly branch: string }
  readonly history: readonly { readonly hash: Hash }[]
}

/** What becomes of an ignored file. */
export interface KeptMove {
  readonly version: Omit<KeptVersion, 'commit'>
  readonly change: FileChange
}

/** Keeps ignored files as they are when a run starts. */
export function keepAside(engine: Engine, branch: string, paths: readonly string[]): void {
  const files = paths.map((path) => {
    const bytes = readFile(join(engine.repository.root, path))
    return { path, before: bytes, after: bytes }
  })
  keepVersions(engine, branch, null, files)
}

/**
 * Keeps what a reply made of ignored files, and what they were before.
 *
 * @returns the files that hold what they were
 */
export function keepVersions(
  engine: Engine,
  branch: string,
  commit: Hash | null,
  files: readonly IgnoredFile[],
): readonly { readonly path: string; readonly kept: string | undefined }[] {
  const versions = files.map(({ path, before, after }) => ({
    path,
    commit,
    before: store(engine, branch, before),
    after: store(engine, branch, after),
  }))
  appendVersions(engine, branch, versions)
  return versions.map(({ path, before }) => ({
    path,
    kept: before === null ? undefined : keptFile(engine, branch, before),
  }))
}

/** Notes that ignored files were brought back by a commit. */
export function appendVersions(engine: Engine, branch: string, versions: readonly KeptVersion[]): void {
  if (versions.length === 0) return
  const folder = keptFolder(engine, branch)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lines = versions.map((version) => `${JSON.stringify(version)}\n`).join('')
  appendFileSync(join(folder, VERSIONS), lines, { mode: OURS })
}

/**
 * What was kept for a run, the oldest first. A version is noted before its commit is made: one whose commit a crash
 * prevented is left out, as is a line that a crash cut off.
 */
export function readVersions(engine: Engine, { record, history }: KeptRun): readonly KeptVersion[] {
  const text = readTextIfThere(join(keptFolder(engine, record.branch), VERSIONS)) ?? ''
  const commits = new Set(history.map(({ hash }) => hash))
  return text
    .split('\n')
    .flatMap((line) => parseVersion(line, engine.repository.root))
    .filter(({ commit }) => commit === null || commits.has(commit))
}

/**
 * Brings ignored files back. One that has changed since the last reply stays as it is, with a warning that names the
 * version.
 *
 * @param targetOf the digest that a file is to have, given what was kept of it; undefined: it stays as it is
 */
export function planKept(
  engine: Engine,
  run: KeptRun,
  targetOf: (versions: readonly KeptVersion[]) => string | null | undefined,
  io: Pick<Io, 'warn'>,
): readonly KeptMove[] {
  const { root } = engine.repository
  const { branch } = run.record
  const all = readVersions(engine, run)
  return [...new Set(all.map(({ path }) => path))].flatMap((path) => {
    const versions = all.filter((version) => version.path === path)
    const target = targetOf(versions)
    const now = readFile(join(root, path))
    const digest = digestOf(now)
    if (target === undefined || target === digest) return []
    if (digest !== versions.at(-1)?.after) {
      const kept =
        target === null ? 'did not exist before' : `its earlier version is ${keptFile(engine, branch, target)}`
      io.warn(`${path}: ignored by git and changed since the reply; left as it is (${kept})`)
      return []
    }
    const bytes = target === null ? undefined : readKept(engine, branch, target)
    const after = bytes && { bytes, executable: undefined }
    return [{ version: { path, before: digest, after: target }, change: { path, before: now, after } }]
  })
}

/** What an ignored file was last, as far as the run knows; undefined if it does not. */
export function readKeptBefore(
  engine: Engine,
  run: KeptRun,
  path: string,
): { readonly bytes: Buffer | undefined } | undefined {
  const last = readVersions(engine, run).findLast((version) => version.path === path)
  if (!last) return undefined
  return { bytes: last.after === null ? undefined : readKept(engine, run.record.branch, last.after) }
}

/** The path of a kept content, for a person. */
export function keptFile(engine: Engine, branch: string, digest: string): string {
  return join(keptFolder(engine, branch), digest)
}

function store(engine: Engine, branch: string, bytes: Buffer | undefined): string | null {
  if (bytes === undefined) return null
  const digest = digestOf(bytes) ?? ''
  const file = keptFile(engine, branch, digest)
  if (isThere(file)) return digest
  mkdirSync(keptFolder(engine, branch), { recursive: true, mode: 0o700 })
  writeDurably(`${file}.new`, bytes, OURS)
  replaceDurably(`${file}.new`, file)
  return digest
}

/** @throws CommandError (3) if it is missing or damaged */
function readKept(engine: Engine, branch: string, digest: string): Buffer {
  const file = keptFile(engine, branch, digest)
  const bytes = isThere(file) ? readFileSync(file) : undefined
  if (bytes === undefined || digestOf(bytes) !== digest) {
    throw new CommandError(ExitStatus.Failed, `${file}: missing or damaged (see lr-apply --undo)`)
  }
  return bytes
}

/** The folder may have come with the repository, from anywhere: paths must stay in the working tree. */
function parseVersion(line: string, root: string): KeptVersion[] {
  try {
    const version = JSON.parse(line) as KeptVersion
    const isDigest = (value: unknown) => value === null || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
    const isOurs = isDigest(version.before) && isDigest(version.after) && treePath(root, '', version.path) !== ''
    return isOurs ? [version] : []
  } catch {
    return []
  }
}

function digestOf(bytes: Buffer | undefined): string | null {
  return bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex')
}

/** Shared by linked working trees, as branches are. */
function keptFolder({ repository }: Engine, branch: string): string {
  return join(repository.commonDir, 'lr', 'kept', encodeURIComponent(branch))
}
