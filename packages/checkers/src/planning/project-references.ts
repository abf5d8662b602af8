import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

interface ProjectFile {
  readonly files?: unknown
  readonly include?: unknown
  readonly references?: unknown
}

/**
 * What is checked of a TypeScript project: the project itself, or, where its file lists nothing but other projects
 * (`"files": []` and `references`), those. `tsc -p` would look at nothing there, and pass.
 *
 * @param project a folder or a project file, relative to `cwd`
 */
export function projectsIn(project: string, cwd: string, seen = new Set<string>()): string[] {
  const isFolder = statSync(join(cwd, project), { throwIfNoEntry: false })?.isDirectory() === true
  const path = isFolder ? join(project, 'tsconfig.json') : project
  if (seen.has(path)) return []
  seen.add(path)
  const { files, include, references } = readProjectFile(join(cwd, path))
  const listsNothing = Array.isArray(files) && files.length === 0 && include === undefined
  if (!listsNothing || !Array.isArray(references) || references.length === 0) return [project]
  return references.flatMap(({ path: other = '' }: { path?: string }) => projectsIn(join(path, '..', other), cwd, seen))
}

/** Comments, and commas before a bracket, are no JSON; strings stay as they are. */
const COMMENT = /("(?:[^"\\]|\\.)*")|\/\*[^]*?\*\/|\/\/.*/g
const LAST_COMMA = /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g

function readProjectFile(path: string): ProjectFile {
  try {
    const text = readFileSync(path, 'utf8').replaceAll(COMMENT, '$1').replaceAll(LAST_COMMA, '$1')
    return { ...(JSON.parse(text) as ProjectFile) }
  } catch {
    // tsc itself says what is wrong with it.
    return {}
  }
}
