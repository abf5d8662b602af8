import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { stateFolder, UsageError } from '@loop-runner/cli-kit'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import { hasBegun } from './journal.ts'

/** A fresh folder for a run; its name begins with the time to the millisecond, so that names in order are runs in order. */
export function newRunPath(env: NodeJS.ProcessEnv, now: Date): string {
  const time = now.toISOString().slice(0, 23).replaceAll(/[-:.]/g, '').replace('T', '-')
  return join(runsFolder(env), `${time}-${Math.random().toString(36).slice(2, 8).padEnd(6, '0')}`)
}

/** The folders of the runs in the state folder, newest first. */
export function listRuns(env: NodeJS.ProcessEnv): string[] {
  const folder = runsFolder(env)
  const names = existsSync(folder) ? readdirSync(folder) : []
  const runs = names.filter((name) => /^\d{8}-\d{6,9}-\w+$/.test(name))
  return runs
    .sort()
    .toReversed()
    .map((name) => join(folder, name))
}

/**
 * The run or attempt that is meant: the one named, by its folder or by its name in the state folder; else the newest one that
 * was begun in `cwd`.
 *
 * @throws UsageError where there is none
 */
export function findRun(named: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string {
  if (named !== undefined) {
    const path = resolve(cwd, named)
    if (isAbsolute(named) || existsSync(path)) return path
    // Commits and FIXES.md name an attempt by the name of its run and its number.
    const [, run, attempt] = /^(.+)-(\d+)$/.exec(named) ?? []
    const folder = run === undefined ? undefined : attemptFolder(join(runsFolder(env), run), Number(attempt))
    return folder !== undefined && existsSync(folder) ? folder : join(runsFolder(env), named)
  }
  const newest = listRuns(env).find((path) => hasBegun(path) && cwdOf(path) === cwd)
  if (newest === undefined) throw new UsageError(`no run was begun in ${cwd} (name one: lr-loop runs lists them)`)
  return newest
}

function runsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'runs')
}

function cwdOf(run: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(run, 'settings.json'), 'utf8')) as { cwd?: string }).cwd
  } catch {
    return undefined
  }
}
