import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf } from '@loop-runner/cli-kit'
import { redact, type Secret, secretsOf } from './redact.ts'
import { isRealFolder } from './tree-copy.ts'

/** The folder for the agent's versions of restored files. */
export function keptFolder(run: string, iteration: number): string {
  return join(run, String(iteration), 'agent-left')
}

/**
 * Copies files of a tree, without keys. An earlier copy stays.
 *
 * @returns why there is no copy, by the paths of those that could not be copied
 */
export function keepTouched(
  paths: readonly string[],
  root: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Map<string, string> {
  const secrets = secretsOf(env, undefined)
  const unkept = new Map<string, string>()
  for (const path of paths) {
    // The git folder of a submodule is elsewhere.
    if (path.startsWith('../')) continue
    try {
      keepFile(path, root, folder, secrets)
    } catch (error) {
      unkept.set(path, reasonOf(error))
    }
  }
  return unkept
}

function keepFile(path: string, root: string, folder: string, secrets: readonly Secret[]): void {
  const [source, target] = [join(root, path), join(folder, path)]
  if (!isRealFolder(root, dirname(path)) || existsSync(target)) return
  if (!lstatSync(source, { throwIfNoEntry: false })?.isFile()) return
  const bytes = readFileSync(source)
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  const held = secrets.some(({ value }) => bytes.includes(value))
  try {
    writeFileSync(target, held ? redact(bytes.toString('utf8'), secrets) : bytes, { mode: 0o600 })
  } catch (error) {
    // Half a copy would be taken for a whole one.
    rmSync(target, { force: true })
    throw error
  }
}

/** A line for each file of which there is no copy. */
export function tellUnkept(unkept: ReadonlyMap<string, string>): string[] {
  return [...unkept].map(([path, reason]) => `${path}: no copy of the agent's version was kept: ${reason}`)
}
