import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Checkers } from '@loop-runner/checkers'
import { builtInOf } from '@loop-runner/checkers/choosing/choose-checker'
import { findProgram } from '@loop-runner/checkers/choosing/find-program'

/** Prints the checkers: name, kind, file types, and where each is found or how to get it. */
export async function listCheckers(checkers: Checkers, io: Io): Promise<number> {
  const rows = Object.entries(checkers).map(([name, checker]) => {
    const { kind, types, command, install } = checker
    const builtIn = builtInOf(checker, io.cwd, io.env)
    const found = builtIn === undefined ? findProgram(command[0] ?? '', io.cwd, io.env) : 'built in'
    return [name, kind, types.join(','), found ?? `not found (${install ?? 'install it'})`]
  })
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  await io.stdout.write(`${lines.join('\n')}\n`)
  return ExitStatus.Yes
}
