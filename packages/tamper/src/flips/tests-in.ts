/** Whether a report that has a test of this name means one in this file: `path: title`, `module.Class.function`. */
function isIn(path: string, name: string): boolean {
  if (name.startsWith(`${path}: `) || name.startsWith(`${path}::`)) return true
  const module = path.replace(/^.*\//, '').replace(/\.py$/, '')
  return path.endsWith('.py') && name.split(/[.:]/).includes(module)
}

/** The files that hold tests of these names; all if the names do not tell. */
export function testsIn(paths: readonly string[], names: readonly string[]): readonly string[] {
  const found = paths.filter((path) => names.some((name) => isIn(path, name)))
  return found.length > 0 ? found : paths
}
