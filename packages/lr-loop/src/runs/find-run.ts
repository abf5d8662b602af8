import { existsSync, readdirSync } from 'node:fs'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { stateFolder, UsageError } from '@loop-runner/cli-kit'
import { cwdOfRun } from '@loop-runner/run-report/cwd-of-run'
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
 * A run or an attempt: the one named, by its folder, by its name in the state folder or by a unique part of the name; by
 * default the newest one that was begun in `cwd`.
 *
 * @throws UsageError if there is no such run, or the part is not unique
 */
export function findRun(named: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string {
  if (named !== undefined) {
    const path = resolve(cwd, named)
    if (isAbsolute(named) || existsSync(path)) return path
    // Commits and FIXES.md name an attempt by the name of its run and its number.
    const [, run, attempt] = /^(.+)-(\d+)$/.exec(named) ?? []
    const folder = run === undefined ? undefined : attemptFolder(join(runsFolder(env), run), Number(attempt))
    if (folder !== undefined && existsSync(folder)) return folder
    return findByPart(named, env) ?? join(runsFolder(env), named)
  }
  const newest = listRuns(env).find((path) => hasBegun(path) && cwdOfRun(path) === cwd)
  if (newest === undefined) throw new UsageError(`no run was started in ${cwd} (name one: lr-loop runs lists them)`)
  return newest
}

/**
 * The one run whose name has this part; undefined if there is no such run.
 *
 * @throws UsageError if several have it
 */
function findByPart(part: string, env: NodeJS.ProcessEnv): string | undefined {
  const whole = join(runsFolder(env), part)
  if (existsSync(whole)) return whole
  const matches = listRuns(env).filter((path) => basename(path).includes(part))
  if (matches.length < 2) return matches[0]
  const names = matches.slice(0, 3).map((path) => basename(path))
  throw new UsageError(`${part}: ambiguous, matches ${matches.length} runs (the newest: ${names.join(', ')})`)
}

function runsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'runs')
}
