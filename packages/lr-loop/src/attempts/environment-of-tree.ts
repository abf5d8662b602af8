import { existsSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Variables that lead a program to others and to libraries. */
const PATHS = ['PATH', 'VIRTUAL_ENV', 'LOOP_RUNNER_VENV', 'PYTHONPATH', 'NODE_PATH']

/**
 * The environment for work in a copy of a tree: where a folder of the tree is on the search path, as with an active `.venv`,
 * that of the copy is there instead.
 */
export function environmentOfTree(env: NodeJS.ProcessEnv, from: string, to: string): NodeJS.ProcessEnv {
  const moved = PATHS.flatMap((name) => {
    const value = env[name]
    return value === undefined
      ? []
      : [
          [
            name,
            value
              .split(':')
              .map((path) => inCopy(path, from, to))
              .join(':'),
          ],
        ]
  })
  return { ...env, ...Object.fromEntries(moved) }
}

/** Parts that were not copied are used from the original tree. */
function inCopy(path: string, from: string, to: string): string {
  if (!path.startsWith('/') || !existsSync(path)) return path
  const way = relative(from, realpathSync(path))
  if (way === '..' || way.startsWith('../') || !existsSync(join(to, way))) return path
  return join(to, way)
}
