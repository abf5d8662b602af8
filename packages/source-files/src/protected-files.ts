import { foldName } from './fold-name.ts'
import { LOADED_NAMES } from './loaded-names.ts'
import { nameMatcher } from './name-matcher.ts'
import { pathMatcher } from './path-matcher.ts'
import { PROTECTED_NAMES, type ProtectedRole } from './protected-names.ts'

/** Answers why a path is protected; undefined where it is not. */
export type Protection = (path: string) => string | undefined

/**
 * @param protect patterns that protect more; @param allow patterns that let through what is protected
 */
export function makeProtection(protect: readonly string[], allow: readonly string[]): Protection {
  const isAllowed = pathMatcher(allow)
  const isProtected = pathMatcher(protect)
  return (path) => {
    const folded = foldPath(path)
    if (isAllowed(path)) return undefined
    if (isProtected(path) || isProtected(folded)) return 'the check command or --protect names it'
    return groups().find(({ matches }) => matches(folded))?.reason
  }
}

/** Answers what a path is protected as, by its name alone; it may be several things. */
export function makeRoles(): (path: string) => ReadonlySet<ProtectedRole> {
  return (path) => {
    const folded = foldPath(path)
    return new Set(
      groups()
        .filter(({ matches }) => matches(folded))
        .map(({ role }) => role),
    )
  }
}

let known: ReturnType<typeof makeGroups> | undefined

/** Made when a path is asked for. */
function groups() {
  return (known ??= makeGroups())
}

function makeGroups() {
  const patterns = LOADED_NAMES.map((loaded) => loaded.patterns).join(' ')
  const loaded = { role: 'set-up', reason: 'loaded by a tool by itself: the judge of this work', patterns } as const
  return [...PROTECTED_NAMES, loaded].map((group) => ({ ...group, matches: nameMatcher(group.patterns.split(/\s+/)) }))
}

function foldPath(path: string): string {
  return path.split('/').map(foldName).join('/')
}
