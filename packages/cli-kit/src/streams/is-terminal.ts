import { fstatSync } from 'node:fs'

/** Whether a descriptor is a terminal. The module that knows is slow to load, so it is loaded only for a character device. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false
    const { isatty } = process.getBuiltinModule('node:tty')
    return isatty(descriptor)
  } catch {
    return false
  }
}

/** The columns of the terminal that standard output (1) or standard error (2) is; 80 for anything else. */
export function terminalColumns(env: NodeJS.ProcessEnv, descriptor: 1 | 2 = 1): number {
  const stream = () => (descriptor === 1 ? process.stdout : process.stderr)
  return Number(env['COLUMNS']) || (isTerminal(descriptor) && stream().columns) || 80
}
