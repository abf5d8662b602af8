import { fstatSync } from 'node:fs'

/** Whether a descriptor is a terminal. The module that knows is dear, and only loaded where it may be one. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false
    const { isatty } = process.getBuiltinModule('node:tty')
    return isatty(descriptor)
  } catch {
    return false
  }
}

/** The columns of the terminal that standard output is; 80 where it is none. */
export function terminalColumns(env: NodeJS.ProcessEnv): number {
  return Number(env['COLUMNS']) || (isTerminal(1) ? process.stdout.columns : 80)
}
