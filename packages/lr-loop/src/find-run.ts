import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { stateFolder, UsageError } from '@loop-runner/cli-kit'

/** A fresh folder for a run. */
export function newRunPath(env: NodeJS.ProcessEnv, now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return join(runsFolder(env), `${time}-${Math.random().toString(36).slice(2, 8).padEnd(6, '0')}`)
}

/**
 * The run that `--resume` means: the one named, by its folder or by its name in the state folder; else the newest one that
 * was begun in `cwd`.
 *
 * @throws UsageError where there is none
 */
export function findRun(named: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string {
  if (named !== undefined) {
    const path = resolve(cwd, named)
    return isAbsolute(named) || existsSync(path) ? path : join(runsFolder(env), named)
  }
  const names = existsSync(runsFolder(env)) ? readdirSync(runsFolder(env)).sort().toReversed() : []
  const newest = names.map((name) => join(runsFolder(env), name)).find((path) => cwdOf(path) === cwd)
  if (newest === undefined)
    throw new UsageError(`no run to go on with: none was begun in ${cwd} (name one: --resume RUN)`)
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
