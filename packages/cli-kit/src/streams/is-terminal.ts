import { fstatSync, type Stats, statSync } from 'node:fs'

/**
 * Whether a descriptor is a terminal. node:tty takes as long to load as a quarter of a start of Node, so it is loaded only
 * for a character device other than /dev/null.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isCharacterDevice() || isNull(stats)) return false
    const { isatty } = process.getBuiltinModule('node:tty')
    return isatty(descriptor)
  } catch {
    return false
  }
}

/** Whether writing to a descriptor never waits for a reader. */
export function isFileOrNull(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    return stats.isFile() || isNull(stats)
  } catch {
    return false
  }
}

function isNull(stats: Stats): boolean {
  return stats.isCharacterDevice() && stats.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev
}

/** The columns of the terminal that standard output (1) or standard error (2) is; 80 for anything else. */
export function terminalColumns(env: NodeJS.ProcessEnv, descriptor: 1 | 2 = 1): number {
  const stream = () => (descriptor === 1 ? process.stdout : process.stderr)
  return Number(env['COLUMNS']) || (isTerminal(descriptor) && stream().columns) || 80
}
