import picomatch from 'picomatch'

/**
 * A test for block names. A pattern without a slash is matched against the last part of a path, as in .gitignore, so
 * `*.py` takes src/a.py and `*` takes every block; one with a slash against the whole name, where `**` crosses folders.
 * A name that is spelled out always matches itself.
 */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns)
  const tests = patterns.map((pattern) => {
    if (pattern === '*' || pattern === '**') return () => true
    const test = picomatch(pattern, { dot: true, basename: !pattern.includes('/'), nonegate: true })
    return (name: string) => name !== '' && test(name)
  })
  return (name) => exact.has(name) || tests.some((test) => test(name))
}
