import { lineOfScript } from './package-script.ts'
import { unwrap } from './recognise.ts'
import { commandsOfLine, lineForShell } from './shell-commands.ts'

/** Lines may start shells, and scripts may start scripts. */
const MOST_STEPS = 5

/**
 * The words of each program that a command starts, without launchers (`env`, `timeout`, `npx`), as far as the command
 * line shows them: also those in a line for a shell (`sh -c 'flake8 a.py || true'`) or in a script of package.json.
 */
export function commandsStarted(argv: readonly string[], cwd: string, steps = MOST_STEPS): (readonly string[])[] {
  const words = unwrap(argv)
  const line = lineForShell(words) ?? lineOfScript(argv, cwd) ?? lineOfScript(words, cwd)
  if (line === undefined || steps === 0) return [words]
  return [words, ...commandsOfLine(line).flatMap((command) => commandsStarted(command, cwd, steps - 1))]
}
