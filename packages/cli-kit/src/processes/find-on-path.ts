import { accessSync, constants, statSync } from 'node:fs'
import { delimiter } from 'node:path'

/** The path of a program on PATH. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    // Put together by hand: this is asked some hundred times.
    if (folder !== '' && isProgram(`${folder}/${name}`)) return `${folder}/${name}`
  }
  return undefined
}

/** Whether a path is a file that may be executed. */
export function isProgram(path: string): boolean {
  try {
    // Most candidates do not exist, and an error for each would be slow.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
