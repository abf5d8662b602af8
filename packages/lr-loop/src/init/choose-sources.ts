import { makeProtection } from '@loop-runner/source-files'
import type { Folder } from './folder.ts'

const CODE_FOLDERS = ['src', 'lib', 'app', 'packages', 'crates', 'cmd', 'internal', 'pkg']
const NO_PACKAGES = new Set(['test', 'tests', 'docs', 'doc', 'examples', 'scripts', 'node_modules', 'venv'])
const CODE = /\.(py|[cm]?[jt]sx?|go|rs|sh|bash|rb|php|pl|lua|java|kt|c|h|cc|cpp|cs|swift)$/
const TEXT = /\.(md|json|jsonl|ya?ml|xml|css|html)$/
/** Configuration of tools, in addition to protected files: a model should not change it. */
const NO_SOURCE = /^(setup\.py|.*\.config\..*|.*lock\.(json|yaml)|README\.md|\..*)$/i
/** More than this many names are no help to a reader: the folder itself says it. */
const MOST_FILES = 8

/**
 * The files and folders that a model may most likely change: where code is, else the texts that there are. A protected file
 * that is named as a source may be changed, so that none is: no test, and no script that judges.
 *
 * @param started the scripts that the check starts
 */
export function chooseSources({ files, folders, list }: Folder, started: readonly string[]): readonly string[] {
  const packages = folders.filter((name) => !NO_PACKAGES.has(name) && list(name).includes('__init__.py'))
  const inside = [...CODE_FOLDERS.filter((name) => folders.includes(name)), ...packages]
  if (inside.length > 0) return [...new Set(inside)]
  const isProtected = makeProtection([], [])
  const sources = files.filter(
    (name) => !NO_SOURCE.test(name) && isProtected(name) === undefined && !started.includes(name),
  )
  const code = sources.filter((name) => CODE.test(name))
  const chosen = code.length > 0 ? code : sources.filter((name) => TEXT.test(name))
  return chosen.length === 0 || chosen.length > MOST_FILES ? ['.'] : chosen
}
