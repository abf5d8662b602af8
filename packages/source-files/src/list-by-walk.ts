import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import type { Ignore } from 'ignore'
import { readIgnoreFile } from './read-ignore-file.ts'

/** The ignore rules of one folder, whose patterns are relative to it. */
interface Rules {
  readonly folder: string
  readonly ignore: Ignore
}

/**
 * The files below a folder that no .gitignore on the way to them excludes; never `.git`. For trees that are no repositories. A folder
 * that is removed meanwhile counts as empty.
 *
 * @throws CommandError (3) for a folder that cannot be read
 */
export async function listByWalk(folder: string, cwd: string): Promise<string[]> {
  const { default: makeIgnore } = await import('ignore')
  const files: string[] = []
  walk(folder === '.' ? '' : `${folder}/`, [])
  return files

  function walk(prefix: string, outer: readonly Rules[]): void {
    const rules = withRulesOf(prefix, outer)
    for (const entry of entriesOf(prefix, cwd)) {
      const path = prefix + entry.name
      if (entry.name === '.git' || isIgnored(path, entry.isDirectory(), rules)) continue
      if (entry.isDirectory()) walk(`${path}/`, rules)
      else files.push(path)
    }
  }

  function withRulesOf(prefix: string, outer: readonly Rules[]): readonly Rules[] {
    const text = readIgnoreFile(join(cwd, prefix))
    return text === '' ? outer : [...outer, { folder: prefix, ignore: makeIgnore({ ignorecase: false }).add(text) }]
  }
}

/**
 * What a folder holds; nothing if it was removed meanwhile.
 *
 * @throws CommandError (3) if it cannot be read
 */
function entriesOf(prefix: string, cwd: string): Dirent[] {
  try {
    return readdirSync(join(cwd, prefix), { withFileTypes: true })
  } catch (error) {
    const code = errorCode(error)
    if (prefix !== '' && (code === 'ENOENT' || code === 'ENOTDIR')) return []
    const remedy = 'make it readable, or exclude it in .gitignore'
    throw new CommandError(ExitStatus.Failed, `${prefix === '' ? cwd : prefix}: ${reasonOf(error)} (${remedy})`)
  }
}

/** The innermost rules that say anything about a path decide. */
function isIgnored(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  for (const { folder, ignore } of rules.toReversed()) {
    const { ignored, unignored } = ignore.test(path.slice(folder.length) + (isFolder ? '/' : ''))
    if (ignored || unignored) return ignored
  }
  return false
}
