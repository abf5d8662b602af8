import { dirname, join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Diagnostic, Workspace } from '@astral-sh/ruff-wasm-nodejs'
import { isBlock } from '@loop-runner/block-format'
import { readSource } from '@loop-runner/source-files'
import type { BuiltInResult } from '../built-in/run-built-in.ts'
import { loadRuff } from './load-ruff.ts'
import { ignoredRules, isExcluded } from './match-files.ts'
import { readRuffSettings, type RuffSettings, RuffSettingsError } from './read-ruff-settings.ts'

type MakeWorkspace = (options: unknown) => Workspace

/**
 * Checks Python files with ruff's official WebAssembly package, and prints what `ruff check --output-format=concise` does.
 * The package knows texts only: settings files, ignored rules and excluded files are our part.
 */
export async function runRuff(files: readonly string[], cwd: string): Promise<BuiltInResult> {
  const { makeWorkspace, version } = await loadRuff()
  const about = `ruff ${version} (WebAssembly, for no ruff is installed)\n`
  try {
    const found = new Map<string, readonly string[]>()
    const notes = new Set<string>()
    for (const { settings, ours } of groupBySettings(files, cwd)) {
      const workspace = workspaceOf(settings, makeWorkspace)
      for (const note of settings.notes) notes.add(`${note} in the WebAssembly package\n`)
      for (const file of ours) {
        // Interrupts are served, and other checks go on, between two files.
        await setImmediate()
        if (isStub(file)) notes.add(`${file}: only its syntax is checked by the WebAssembly package\n`)
        found.set(file, checkFile(file, cwd, settings, workspace))
      }
    }
    return summaryOf(files, found, about + [...notes].join(''))
  } catch (error) {
    if (!(error instanceof RuffSettingsError)) throw error
    return { status: 2, stdout: '', stderr: `${about}ruff failed\n  ${error.message}\n` }
  }
}

interface Group {
  readonly settings: RuffSettings
  readonly ours: string[]
}

/** The files that are not excluded, by the settings that are theirs. */
function groupBySettings(files: readonly string[], cwd: string): Iterable<Group> {
  const byFolder = new Map<string, RuffSettings>()
  const groups = new Map<string, Group>()
  for (const file of files) {
    const folder = dirname(join(cwd, file))
    const settings = byFolder.get(folder) ?? readRuffSettings(folder, cwd)
    byFolder.set(folder, settings)
    const group = groups.get(settings.folder) ?? { settings, ours: [] }
    groups.set(settings.folder, group)
    if (!isExcluded(relative(settings.folder, join(cwd, file)), settings)) group.ours.push(file)
  }
  return groups.values()
}

function workspaceOf({ options }: RuffSettings, make: MakeWorkspace): Workspace {
  try {
    return make(options)
  } catch (error) {
    throw new RuffSettingsError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function checkFile(file: string, cwd: string, settings: RuffSettings, workspace: Workspace): string[] {
  const part = readSource(file, cwd)
  if (!isBlock(part)) return [`${file}:1:1: E902 stream did not contain valid UTF-8\n`]
  const ignored = ignoredRules(relative(settings.folder, join(cwd, file)), settings)
  const counts = ({ code }: Diagnostic) =>
    code === null ||
    code === SYNTAX ||
    (!isStub(file) && !ignored.some((rule) => rule === 'ALL' || code.startsWith(rule)))
  return (workspace.check(part.content) as Diagnostic[])
    .filter(counts)
    .sort(byPlace)
    .map(({ code, message, start_location: { row, column } }) => {
      const name = code === null || code === SYNTAX ? `${SYNTAX}:` : code
      return `${file}:${row}:${column}: ${name} ${message}\n`
    })
}

const SYNTAX = 'invalid-syntax'

/** The package takes every text for a module, which a stub is not. */
function isStub(file: string): boolean {
  return file.endsWith('.pyi')
}

function byPlace({ start_location: left }: Diagnostic, { start_location: right }: Diagnostic): number {
  return left.row - right.row || left.column - right.column
}

function summaryOf(
  files: readonly string[],
  found: ReadonlyMap<string, readonly string[]>,
  stderr: string,
): BuiltInResult {
  if (found.size === 0) {
    return { status: 0, stdout: '', stderr: `${stderr}warning: No Python files found under the given path(s)\n` }
  }
  const lines = files.flatMap((file) => found.get(file) ?? [])
  if (lines.length === 0) return { status: 0, stdout: 'All checks passed!\n', stderr }
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`
  return { status: 1, stdout: `${lines.join('')}Found ${count}.\n`, stderr }
}
