import { styleText } from 'node:util'
import { type Io, visibleText } from '@loop-runner/cli-kit'

/** A unified diff as a terminal shows it: in colour, control characters made visible. Unchanged for a pipe or a file. */
export function paintDiff(diff: string, { stdout, env }: Io): string {
  if (!stdout.isTerminal) return diff
  const text = visibleText(diff)
  return env['NO_COLOR'] ? text : text.split('\n').map(paintLine).join('\n')
}

function paintLine(line: string): string {
  if (/^(?:diff |--- |\+\+\+ |new file|deleted file|index )/.test(line)) return styleText('bold', line)
  if (line.startsWith('@@')) return styleText('cyan', line)
  if (line.startsWith('+')) return styleText('green', line)
  return line.startsWith('-') ? styleText('red', line) : line
}
