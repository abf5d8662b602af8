/**
 * A test for folded paths (`foldName`): whether one ends with the names of a pattern. `*` is anything within a name, `/**` all
 * that lies in a folder, `{a,b}` either. Most of several hundred patterns are plain names, which are looked up: an expression
 * of all of them takes longer to compile than everything else that a start does with names.
 */
export function nameMatcher(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.flatMap(expandBraces).map((pattern) => pattern.toLowerCase())
  const files = new Set(all.filter((pattern) => !/[*/]/.test(pattern)))
  const folders = new Set(all.flatMap((pattern) => plainFolder(pattern) ?? []))
  const others = all.filter((pattern) => !files.has(pattern) && plainFolder(pattern) === undefined)
  const expression = new RegExp(`(?:^|/)(?:${others.map(expressionOf).join('|')})$`)
  return (path) => {
    const names = path.split('/')
    const last = names.pop() ?? ''
    return files.has(last) || names.some((name) => folders.has(name)) || (others.length > 0 && expression.test(path))
  }
}

/** The name in `NAME/**`. */
function plainFolder(pattern: string): string | undefined {
  return /^([^*/]+)\/\*\*$/.exec(pattern)?.[1]
}

function expandBraces(pattern: string): string[] {
  const [whole, before = '', names = '', after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern) ?? []
  if (whole === undefined) return [pattern]
  return names.split(',').flatMap((name) => expandBraces(`${before}${name}${after}`))
}

function expressionOf(pattern: string): string {
  return pattern
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*|\*/g, (stars) => (stars === '**' ? '.+' : '[^/]*'))
}
