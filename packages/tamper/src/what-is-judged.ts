import { isAbsolute, normalize, relative } from 'node:path'

/** The operands of a call of lr-check. */
export interface NamedSources {
  /** As they were named, relative to `cwd` or absolute. */
  readonly operands: readonly string[]
  /** Relative to `cwd`. */
  readonly files: readonly string[]
  /** Whether the files are only a part of the sources. */
  readonly some: boolean
  readonly cwd: string
}

/** Whether an operand is a path, or a folder that contains it. */
export function isNamedBy({ operands, cwd }: NamedSources, path: string): boolean {
  return operands
    .map((operand) => pathIn(operand, cwd))
    .some((held) => held === '.' || path === held || path.startsWith(`${held}/`))
}

/** Tells whether a path is a source; without named sources, any path may be one. */
export function makeIsSource(named: NamedSources): (path: string) => boolean {
  const files = new Set(named.files)
  const isOpen = named.operands.length === 0 && (named.some || files.size === 0)
  return (path) => isOpen || files.has(path) || isNamedBy(named, path)
}

/** The files that operands name themselves. */
export function namedFiles({ operands, files, cwd }: NamedSources): ReadonlySet<string> {
  const isFile = new Set(files)
  return new Set(operands.map((operand) => pathIn(operand, cwd)).filter((path) => isFile.has(path)))
}

/** A path as it is listed, relative to `cwd`. */
export function pathIn(named: string, cwd: string): string {
  const path = isAbsolute(named) ? relative(cwd, named) || '.' : normalize(named)
  return path.length > 1 ? path.replace(/\/+$/, '') : path
}
