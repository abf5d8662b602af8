import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { isInside } from './is-inside.ts'
import { copyArguments, hidingArguments } from './hidden-places.ts'
import type { SandboxPlace } from './sandbox-place.ts'
import { projectFolders } from '@loop-runner/checkers'

/** Of its own: no network, no other processes to be seen, no way to more namespaces. Everything dies with bubblewrap. */
const NAMESPACES = [
  '--unshare-user',
  '--disable-userns',
  '--unshare-pid',
  '--unshare-net',
  '--unshare-ipc',
  '--unshare-uts',
  '--unshare-cgroup-try',
  '--die-with-parent',
  '--cap-drop',
  'ALL',
]
/** Sockets of daemons (docker's, the session's) lie in these, and a read-only mount does not keep anybody from using them. */
const EMPTIED = ['/tmp', '/var/tmp', '/run', '/dev/shm', '/mnt', '/media']
/** What in a home is, or holds, programs and what they read. Everything else of it is out of sight. */
const TOOLCHAINS = [
  '.pyenv',
  '.rustup',
  '.cargo',
  '.nvm',
  '.volta',
  '.asdf',
  '.local',
  '.rbenv',
  '.sdkman',
  'go',
  '.go',
  '.deno',
  '.bun',
]
/** Secrets in these toolchains and in the tree. */
const SECRETS = [
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.local/share/keyrings',
  '.local/share/gnupg',
  '.bun/install/global/.npmrc',
]

/**
 * The arguments of bubblewrap, up to the command: everything read-only but the working directory, whose `.git` stays
 * read-only too; temporary folders fresh; the home empty except for toolchains; no network.
 */
export function bubblewrapArguments(
  { cwd, env, copy }: SandboxPlace,
  folder: string,
  { hidden, writable }: { readonly hidden: readonly string[]; readonly writable?: string | undefined },
): string[] {
  const home = env['HOME'] ?? homedir()
  const toolchains = toolchainsOf(home, env)
  const inTree = hidden.filter((path) => isInside(path, projectFolders(cwd).at(-1) ?? cwd))
  return [
    ...NAMESPACES,
    '--ro-bind',
    '/',
    '/',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    ...emptiedPlaces(home, cwd).flatMap((place) => ['--tmpfs', place]),
    ...toolchains.flatMap((place) => ['--ro-bind', place, place]),
    ...hidingArguments(
      hidden.filter((path) => isVisible(path, { home, cwd, toolchains })),
      cwd,
    ),
    ...treeArguments(cwd),
    ...copyArguments(cwd, copy),
    // Over the tree, which is mounted over what was hidden.
    ...hidingArguments(inTree, cwd),
    ...(writable === undefined ? [] : ['--bind', writable, writable]),
    ...SECRETS.map((secret) => join(home, secret))
      .filter(existsSync)
      .flatMap((path) => ['--ro-bind', '/dev/null', path]),
    '--setenv',
    'TMPDIR',
    '/tmp',
    '--chdir',
    join(cwd, folder),
    '--',
  ]
}

/** A mount point inside an emptied place would show that there is something. */
function isVisible(path: string, { home, cwd, toolchains }: Visible): boolean {
  const isShown = toolchains.some((place) => isInside(path, place))
  return isShown || !emptiedPlaces(home, cwd).some((place) => isInside(path, place))
}

/** What is seen of emptied places. */
interface Visible {
  readonly home: string
  readonly cwd: string
  readonly toolchains: readonly string[]
}

/** The home too, unless it is the tree itself or a part of it. */
function emptiedPlaces(home: string, cwd: string): string[] {
  const isElsewhere = isAbsolute(home) && home !== '/' && !isInside(home, cwd)
  return [...EMPTIED, ...(isElsewhere ? [home] : [])].filter(existsSync)
}

function treeArguments(cwd: string): string[] {
  const root = projectFolders(cwd).at(-1) ?? cwd
  const repositories = [...new Set([join(root, '.git'), join(cwd, '.git')])].filter(existsSync)
  return [
    ...(root === cwd ? [] : ['--ro-bind', root, root]),
    '--bind',
    cwd,
    cwd,
    ...repositories.flatMap((place) => ['--ro-bind', place, place]),
  ]
}

/** What is needed of the emptied places: the home's usual toolchains, and folders of PATH. */
function toolchainsOf(home: string, env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => [...EMPTIED, home].some((place) => folder !== place && isInside(folder, place)))
  return [...new Set([...TOOLCHAINS.map((name) => join(home, name)), ...onPath])].filter(existsSync)
}
