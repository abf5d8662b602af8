import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '@loop-runner/cli-kit'
import { parse, TomlError } from 'smol-toml'
import { projectFolders } from '../choosing/find-program.ts'

/** The settings of a folder, as far as ruff's WebAssembly package can follow them. */
export interface RuffSettings {
  /** Absolute; the patterns of the settings are seen from here. */
  readonly folder: string
  /** What the package is given. */
  readonly options: Readonly<Record<string, unknown>>
  /** Rules, by the files in which they do not count. */
  readonly ignores: readonly (readonly [pattern: string, rules: readonly string[]])[]
  readonly excludes: readonly string[]
  /** Settings that have no effect here, in words. */
  readonly notes: readonly string[]
}

/** A settings file that ruff would turn down, or that cannot be followed without the program. */
export class RuffSettingsError extends Error {}

type Table = Readonly<Record<string, unknown>>

/** In this order a folder is looked for settings (docs.astral.sh/ruff/configuration, "Config file discovery"). */
const FILES = ['.ruff.toml', 'ruff.toml', 'pyproject.toml']

/** What ruff excludes by default. */
const EXCLUDED =
  '.bzr .direnv .eggs .git .git-rewrite .hg .ipynb_checkpoints .mypy_cache .nox .pants.d .pyenv .pytest_cache .pytype .ruff_cache .svn .tox .venv .vscode __pypackages__ _build buck-out build dist node_modules site-packages venv'

/** What the package takes but cannot use: it sees one text, and no folders. */
const WITHOUT_EFFECT = ['src', 'namespace-packages', 'per-file-target-version', 'extension']

/**
 * The settings for the files of a folder inside `cwd`: those of the nearest settings file, up to the root of the
 * repository. Both are absolute.
 *
 * @throws RuffSettingsError
 */
export function readRuffSettings(folder: string, cwd: string): RuffSettings {
  for (const place of foldersAbove(folder, cwd)) {
    for (const name of FILES) {
      const table = readTable(join(place, name))
      const own = table && ownTable(table, name)
      if (table && own) return settingsOf(own, place, name, targetVersionOf(table))
    }
  }
  return { folder: cwd, options: {}, ignores: [], excludes: EXCLUDED.split(' '), notes: [] }
}

function foldersAbove(folder: string, cwd: string): string[] {
  return folder === cwd ? projectFolders(cwd) : [folder, ...foldersAbove(dirname(folder), cwd)]
}

function readTable(path: string): Table | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.split('\n')
    throw new RuffSettingsError(`${basename(path)}:${error.line}:${error.column}: ${reason}`, { cause: error })
  }
}

/** A pyproject.toml without a table for ruff is not one of its settings files. */
function ownTable(table: Table, name: string): Table | undefined {
  return name === 'pyproject.toml' ? tableIn(tableIn(table, 'tool'), 'ruff') : table
}

/** The oldest Python that a project says it runs on. */
function targetVersionOf(table: Table): string | undefined {
  const requires = tableIn(table, 'project')?.['requires-python']
  const [, minor] = (typeof requires === 'string' && /(?:>=?|==|~=)\s*3\.(\d+)/.exec(requires)) || []
  return minor === undefined ? undefined : `py3${minor}`
}

function settingsOf(own: Table, folder: string, name: string, targetVersion: string | undefined): RuffSettings {
  if (own['extend'] !== undefined) {
    throw new RuffSettingsError(`${name}: extend needs the program (install it: pip install ruff)`)
  }
  const { exclude, 'extend-exclude': alsoExclude, ...options } = own
  const lint = tableIn(own, 'lint')
  const ignoring = [own, lint].flatMap((table) => [
    tableIn(table, 'per-file-ignores'),
    tableIn(table, 'extend-per-file-ignores'),
  ])
  return {
    folder,
    options: targetVersion === undefined ? options : { 'target-version': targetVersion, ...options },
    ignores: ignoring
      .flatMap((table) => Object.entries(table ?? {}))
      .map(([pattern, rules]) => [pattern, textsOf(rules)]),
    excludes: [
      ...(exclude === undefined ? EXCLUDED.split(' ') : textsOf(exclude)),
      ...textsOf(alsoExclude),
      ...textsOf(lint?.['exclude']),
    ],
    notes: WITHOUT_EFFECT.filter((key) => own[key] !== undefined).map((key) => `${name}: ${key} has no effect`),
  }
}

function tableIn(table: Table | undefined, key: string): Table | undefined {
  const value = table?.[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
