import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { listIgnored, namesIn, type StartedCommand } from '@loop-runner/source-files'
import { readText } from './read-text.ts'

/** Programs and their arguments that install packages, by their manuals. */
const INSTALLERS: Readonly<Record<string, RegExp>> = {
  pip: /^install$/,
  uv: /^(?:sync|pip|add|venv|run)$/,
  poetry: /^(?:install|sync|add|run)$/,
  pdm: /^(?:install|sync|add)$/,
  pipenv: /^(?:install|sync)$/,
  conda: /^(?:install|create|env)$/,
  virtualenv: /^/,
  npm: /^(?:install|i|add|ci|clean-install|install-test|it|cit|install-ci-test|rebuild|update|link)$/,
  pnpm: /^(?:install|i|add|update|rebuild)$/,
  yarn: /^(?:install|add|up|upgrade)$/,
  bun: /^(?:install|i|add)$/,
  bundle: /^(?:install|update)$/,
  composer: /^(?:install|update|require)$/,
  cargo: /^(?:fetch|build|test|check|run|clippy|nextest)$/,
}

/** Programs that write output beside sources: compilers, bundlers, build tools. */
const BUILDERS =
  /^(?:tsc|swc|babel|esbuild|rollup|vite|webpack|parcel|tsup|turbo|nx|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|ld|ar|rustc|javac|kotlinc|scalac|ghc|ocamlc|dune|go|cargo|make|gmake|cmake|ninja|meson|bazel|mvn|gradle|gradlew|dotnet|msbuild|zig|cython|protoc|sass|latexmk|pdflatex)$/

/**
 * Whether the check itself may have made a path that changed while it ran: installed packages as their own lists name them,
 * and files that git ignores, if the check starts a program that installs or builds. What is planted there is in no list.
 *
 * @param paths those that have changed
 */
export async function findMadeByCheck(
  paths: readonly string[],
  commands: readonly StartedCommand[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<ReadonlySet<string>> {
  const installs = commands.some(({ words }) => isInstaller(words))
  const builds = installs || commands.some(({ words: [program = ''] }) => BUILDERS.test(basename(program)))
  if (!builds) return new Set()
  const ignored = await listIgnored([...paths], cwd, env)
  return new Set(paths.filter((path) => isMade(path)))

  function isMade(path: string): boolean {
    const environment = environmentOf(path, cwd)
    if (environment !== undefined) return installs && isOfEnvironment(path, environment, cwd)
    if (/(?:^|\/)node_modules\//.test(path)) return installs && isOfNodeModules(path, cwd)
    return (ignored.has(path) || isBinary(join(cwd, path))) && !isLoadedAtStart(path)
  }
}

function isInstaller([program = '', ...args]: readonly string[]): boolean {
  const name = basename(program).replace(/[\d.]+$/, '')
  const operands = args.filter((word) => !word.startsWith('-'))
  if (name === 'python')
    return args.includes('-m') && /^(?:venv|(?:pip|ensurepip)(?: install)?\b)/.test(operands.join(' '))
  // yarn alone installs.
  const [first = name === 'yarn' ? 'install' : ''] = operands
  return Object.hasOwn(INSTALLERS, name) && INSTALLERS[name]?.test(first) === true
}

/** Files that an interpreter loads automatically at its start are never products of a build. */
function isLoadedAtStart(path: string): boolean {
  return /(?:^|\/)(?:sitecustomize|usercustomize|conftest|pytest|unittest)(?:\.py|\/__init__\.py)$|\.pth$/.test(path)
}

function isBinary(path: string): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path).subarray(0, 8000).includes(0)
  } catch {
    return false
  }
}

/** The virtual environment that a path is in: a folder with a pyvenv.cfg. */
function environmentOf(path: string, cwd: string): string | undefined {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readText(join(cwd, folder, 'pyvenv.cfg')) !== '') return folder
  }
  // One that is gone.
  return /^(.*?\/?\.?venv)\/(?:bin|lib)\//.exec(path)?.[1]
}

/** Files that venv itself writes; the other files of an environment are listed in the RECORD of their package. */
const OF_VENV =
  /\/(?:bin|Scripts)\/(?:[Aa]ctivate[\w.]*|deactivate\w*|python[\d.]*|pypy[\d.]*)$|\/pyvenv\.cfg$|\/\.gitignore$/

function isOfEnvironment(path: string, environment: string, cwd: string): boolean {
  const status = lstatSync(join(cwd, path), { throwIfNoEntry: false })
  // Gone: uninstalled.
  if (!status || OF_VENV.test(path)) return true
  if (!status.isFile()) return false
  const hash = createHash('sha256')
    .update(readFileSync(join(cwd, path)))
    .digest('base64url')
  return recordsOf(environment, cwd).get(path) === hash || isPathList(path, cwd)
}

/** `easy-install.pth` and its like: folders, and no line that runs code. */
function isPathList(path: string, cwd: string): boolean {
  return /\/(?:easy-install\.pth|[\w.-]+\.egg-link)$/.test(path) && !/^import\b/m.test(readText(join(cwd, path)))
}

/** The files of all installed distributions with their hashes: https://packaging.python.org/specifications/recording-installed-packages */
function recordsOf(environment: string, cwd: string): ReadonlyMap<string, string> {
  const listed = new Map<string, string>()
  for (const library of namesIn(join(cwd, environment, 'lib'))) {
    const packages = join(environment, 'lib', library, 'site-packages')
    for (const name of namesIn(join(cwd, packages))) {
      if (!name.endsWith('.dist-info')) continue
      for (const line of readText(join(cwd, packages, name, 'RECORD')).split('\n')) {
        const [, file = '', hash = ''] = /^"?(.*?)"?,sha256=([\w-]+),/.exec(line) ?? []
        if (file !== '') listed.set(normalize(join(packages, file)), hash)
      }
    }
  }
  return listed
}

/** npm lists installed files in `node_modules/.package-lock.json`; pnpm and yarn link from stores of their own. */
function isOfNodeModules(path: string, cwd: string): boolean {
  const [, root = '', rest = ''] = /^(.*?(?:^|\/)node_modules)\/(.*)$/.exec(path) ?? []
  const status = lstatSync(join(cwd, path), { throwIfNoEntry: false })
  if (!status || /^\.[\w.-]+$/.test(rest)) return true
  const list = readText(join(cwd, root, '.package-lock.json'))
  if (list === '')
    return namesIn(join(cwd, root)).some((name) => /^\.(?:modules\.yaml|yarn-integrity|yarn-state\.yml)$/.test(name))
  const listed = packagesIn(list)
  const target = status.isSymbolicLink() ? normalize(join(dirname(path), readlinkSync(join(cwd, path)))) : path
  const isListed = (candidate: string) => [...listed].some((name) => `${candidate}/`.startsWith(`${name}/`))
  const folder = root === 'node_modules' ? '' : root.slice(0, -'node_modules'.length)
  return isListed(path.slice(folder.length)) || isListed(target.slice(folder.length))
}

function packagesIn(lock: string): ReadonlySet<string> {
  try {
    const { packages = {} } = JSON.parse(lock) as { packages?: Record<string, unknown> }
    return new Set(Object.keys(packages).filter((name) => name !== ''))
  } catch {
    return new Set()
  }
}
