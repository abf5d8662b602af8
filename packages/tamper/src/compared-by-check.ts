import type { Plan } from '@loop-runner/checkers'
import { comparedFiles, makeFileView, pathMatcher, startedBy } from '@loop-runner/source-files'

/** Names of files with the expected output of a check. */
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

/** Whether the name of a file marks it as expected output: then it is not a source, wherever it is. */
export function isExpected(path: string): boolean {
  return EXPECTED.test(path)
}
