import { type Io, paint, visibleText } from '@loop-runner/cli-kit'

/** A unified diff as a terminal shows it: in colour, control characters made visible. Unchanged for a pipe or a file. */
export function paintDiff(diff: string, { stdout, env }: Io): string {
  if (!stdout.isTerminal) return diff
  return visibleText(diff)
    .split('\n')
    .map((line) => {
      const style = styleOf(line)
      return style === undefined ? line : paint(style, line, stdout, env)
    })
    .join('\n')
}

function styleOf(line: string): 'bold' | 'cyan' | 'green' | 'red' | undefined {
  if (/^(?:diff |--- |\+\+\+ |new file|deleted file|index )/.test(line)) return 'bold'
  if (line.startsWith('@@')) return 'cyan'
  if (line.startsWith('+')) return 'green'
  return line.startsWith('-') ? 'red' : undefined
}
