import { basename, dirname } from 'node:path'
import picomatch from 'picomatch'
import type { RuffSettings } from './read-ruff-settings.ts'

/** The rules, or beginnings of their names, that do not count in a file. */
export function ignoredRules(path: string, { ignores }: RuffSettings): string[] {
  return ignores.flatMap(([pattern, rules]) => {
    const isOther = pattern.startsWith('!')
    return matches(path, isOther ? pattern.slice(1) : pattern) === isOther ? [] : rules
  })
}

/** Excluded are the files that a pattern means, and those of folders that it means. */
export function isExcluded(path: string, { excludes }: RuffSettings): boolean {
  for (let place = path; place !== '.'; place = dirname(place)) {
    if (excludes.some((pattern) => matches(place, pattern))) return true
  }
  return false
}

/** Patterns mean a name anywhere, or a path seen from the settings file. */
function matches(path: string, pattern: string): boolean {
  const isMatch = picomatch(pattern.replace(/\/$/, ''), { dot: true })
  return isMatch(basename(path)) || isMatch(path)
}
