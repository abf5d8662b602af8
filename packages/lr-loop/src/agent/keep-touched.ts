import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { redact, secretsOf } from './redact.ts'
import { isRealFolder } from './tree-copy.ts'

/** The folder for what an agent left in files that were put back. */
export function keptFolder(run: string, iteration: number): string {
  return join(run, String(iteration), 'agent-left')
}

/** Copies files of a tree, without keys. An earlier copy stays. */
export function keepTouched(paths: readonly string[], root: string, folder: string, env: NodeJS.ProcessEnv): void {
  const secrets = secretsOf(env, undefined)
  for (const path of paths) {
    // The git folder of a submodule is elsewhere.
    if (path.startsWith('../')) continue
    const target = join(folder, path)
    try {
      if (!isRealFolder(root, dirname(path)) || !lstatSync(join(root, path)).isFile() || existsSync(target)) continue
      const bytes = readFileSync(join(root, path))
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      const held = secrets.some(({ value }) => bytes.includes(value))
      writeFileSync(target, held ? redact(bytes.toString('utf8'), secrets) : bytes, { mode: 0o600 })
    } catch {
      // It is gone, or a folder is in the way.
    }
  }
}
