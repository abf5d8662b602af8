import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ignore } from 'ignore'

/** The ignore rules of one folder, whose patterns are relative to it. */
interface Rules {
  readonly folder: string
  readonly ignore: Ignore
}

/** The files below a folder that no .gitignore on the way to them excludes; never `.git`. For trees that are no repositories. */
export async function listByWalk(folder: string, cwd: string): Promise<string[]> {
  const { default: makeIgnore } = await import('ignore')
  const files: string[] = []
  walk(folder === '.' ? '' : `${folder}/`, [])
  return files

  function walk(prefix: string, outer: readonly Rules[]): void {
    const rules = withRulesOf(prefix, outer)
    for (const entry of readdirSync(join(cwd, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name
      if (entry.name === '.git' || isIgnored(path, entry.isDirectory(), rules)) continue
      if (entry.isDirectory()) walk(`${path}/`, rules)
      else files.push(path)
    }
  }

  function withRulesOf(prefix: string, outer: readonly Rules[]): readonly Rules[] {
    try {
      const text = readFileSync(join(cwd, prefix, '.gitignore'), 'utf8')
      return [...outer, { folder: prefix, ignore: makeIgnore({ ignorecase: false }).add(text) }]
    } catch {
      return outer
    }
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
