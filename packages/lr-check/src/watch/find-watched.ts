import { createHash } from 'node:crypto'
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Io, userConfigFolder } from '@loop-runner/cli-kit'
import { listIgnored, listSources } from '@loop-runner/source-files'
import { findInputs } from '../cache/find-inputs.ts'
import { hashOfFile } from '../cache/hash-of-file.ts'
import { type Configuration, projectFolders } from '@loop-runner/checkers'
import { isInside } from '@loop-runner/sandbox'

/** The inputs of a run at one moment. */
export interface Watched {
  /** Changes whenever a file, or which files there are, does. */
  readonly fingerprint: string
  /** Absolute: where something has to happen for that. */
  readonly folders: ReadonlySet<string>
}

/** Settings of checkers that their definitions do not name. */
const MORE_SETTINGS = [
  'lr.yaml',
  'package.json',
  'pytest.ini',
  'tox.ini',
  'setup.cfg',
  'pyproject.toml',
  '.editorconfig',
]

/**
 * Looks at what a run depends on: the files and folders that are named, as sources or in its command; everything in the
 * working directory without sources; and the settings of checkers.
 */
export async function findWatched(
  named: readonly string[],
  { checkers }: Configuration,
  { cwd, env }: Io,
): Promise<Watched> {
  const places = named.filter((path) => existsSync(resolve(cwd, path)) && isInside(resolve(cwd, path), cwd))
  const roots = places.length > 0 ? places : ['.']
  const files = await listSources(roots, cwd, env)
  const names = Object.values(checkers).flatMap(({ config = [], cache = [], project = '' }) => [
    ...[...config, ...cache].map((name) => name.replace(/\[.*/, '')),
    project,
  ])
  const settings = await findInputs([...new Set([...names, ...MORE_SETTINGS])].filter(isName), files, { cwd, env })
  const all = [...new Set([...files.map((file) => join(cwd, file)), ...settings, userSettings(env)])]
  const inside = roots.filter((root) => statSync(resolve(cwd, root), { throwIfNoEntry: false })?.isDirectory())
  const below = await listFolders(inside, cwd, env)
  return {
    fingerprint: fingerprintOf(all),
    folders: new Set([...all.map((file) => dirname(file)), ...projectFolders(cwd), ...below]),
  }
}

function isName(pattern: string): boolean {
  return pattern !== '' && !pattern.includes('/')
}

function userSettings(env: NodeJS.ProcessEnv): string {
  return join(userConfigFolder(env), 'config.yaml')
}

/** Folders, and those below them that git does not ignore: files may come to be in them. Absolute. */
async function listFolders(roots: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const all: string[] = []
  for (let level = roots; level.length > 0;) {
    all.push(...level.map((folder) => resolve(cwd, folder)))
    const below = level.flatMap((folder) => foldersIn(folder, cwd))
    const ignored = await listIgnored(below, cwd, env)
    level = below.filter((folder) => !ignored.has(folder))
  }
  return all
}

/** None of one that is gone meanwhile, or cannot be looked into. */
function foldersIn(folder: string, cwd: string): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(resolve(cwd, folder), { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== '.git')
    .map(({ name }) => (folder === '.' ? name : `${folder.replace(/\/$/, '')}/${name}`))
}

function fingerprintOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0${hashOfFile(file)}\0`)
  return hash.digest('hex')
}
