import picomatch from 'picomatch'

/**
 * A test for paths, whatever their letter case. A pattern without a slash is matched against the last part of the path,
 * one with a slash against the whole, and one that is a folder's path also means what lies in it.
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, '')).filter((one) => one !== '')
  const tests = plain.flatMap((pattern) => [
    picomatch(pattern, { dot: true, nocase: true, basename: !pattern.includes('/') }),
    picomatch(`${pattern}/**`, { dot: true, nocase: true }),
  ])
  return (path) => plain.includes(path) || tests.some((test) => test(path))
}
