import type { Report } from '@loop-runner/run-report'
import { Problem } from './problem.ts'

/**
 * A file as the run left it.
 *
 * @throws Problem (404) if it is not among the sources of the last check
 */
export function readSource({ files }: Report, path: string): string {
  const content = files.after.get(path)
  if (content === undefined) throw new Problem(404, `${path}: not among the files that were checked`)
  return content
}
