import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const ATTEMPTS = 'attempts'
const TREE = 'tree'

/** The folders of the attempts that a run has begun. */
export function listAttempts(run: string): string[] {
  const folder = attemptsFolder(run)
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** The run folder of an attempt; its name, by which commits and FIXES.md call the attempt, is that of the run with a number. */
export function attemptFolder(run: string, attempt: number): string {
  return join(attemptsFolder(run), `${basename(run)}-${attempt}`)
}

/** The linked working tree in which an attempt is made. */
export function attemptTree(folder: string): string {
  return join(folder, TREE)
}

/** The attempt's folder and its run's, where a linked working tree is that of an attempt. */
export function ownersOfTree(tree: string): { readonly run: string; readonly folder: string } | undefined {
  const [, run, name] = new RegExp(`^(.+)/${ATTEMPTS}/([^/]+)/${TREE}$`, 's').exec(tree) ?? []
  return run === undefined || name === undefined ? undefined : { run, folder: join(attemptsFolder(run), name) }
}

function attemptsFolder(run: string): string {
  return join(run, ATTEMPTS)
}
