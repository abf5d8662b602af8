import type { Plan } from '@loop-runner/checkers'
import { comparedFiles, makeFileView, pathMatcher, startedBy } from '@loop-runner/source-files'

/** How files are named that hold what a check expects. */
const EXPECTED = /expect|golden|want|snap|approved|reference|baseline|\.(?:out|exp|ref|gold|ok|stdout|stderr)$/i

/**
 * The files that the shell scripts, recipes and command line of a check only compare with what the code under test prints.
 *
 * @param names of files in the tree
 */
export function comparedByCheck({ argv, folder }: Plan, names: Iterable<string>, cwd: string): string[] {
  const { texts } = startedBy(argv, cwd, folder)
  const { inside, isFile } = makeFileView(cwd)
  const words = comparedFiles(texts.join('\n'))
  const patterns = words.flatMap((word) => (word.includes('*') ? [word] : (inside(folder, word) ?? [])))
  const isCompared = pathMatcher(patterns.filter((pattern) => pattern !== '.'))
  return [...names].filter((path) => isCompared(path) && isFile(path))
}

/** Whether a file says by its name that it holds what is expected: it is no source, wherever it lies. */
export function isExpected(path: string): boolean {
  return EXPECTED.test(path)
}
