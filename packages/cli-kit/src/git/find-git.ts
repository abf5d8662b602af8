import { realpathSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { isProgram } from '../processes/find-on-path.ts'

/** The `git` of PATH; folders that are relative or lie in the working tree are skipped, for a model may write there. */
export function findGit(env: NodeJS.ProcessEnv, root: string): string | undefined {
  return (env['PATH'] ?? '')
    .split(':')
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, 'git'))
    .find((file) => isProgram(file) && isOutside(realpathSync(file), root) && isOutside(file, root))
}

function isOutside(file: string, root: string): boolean {
  return relative(root, file).startsWith('..')
}
