import type { TableEntry } from '../table-entry.ts'

export const ruff: TableEntry = {
  kind: 'lint',
  types: ['python'],
  // Folders are expanded before it sees them; what its settings exclude stays excluded.
  command: ['ruff', 'check', '--output-format=concise', '--no-cache', '--force-exclude', '{files}'],
  withArguments: ['check'],
  rules: [
    { output: '\\bE902\\b.*(?:No such file|Is a directory|Permission denied)', is: 'error' },
    { output: '^warning: No Python files found', is: 'none' },
    {
      status: [0],
      lacks: '^All checks passed!|^Found \\d+ error.*fixed',
      unless: ['-q', '--quiet', '-s', '--silent'],
      is: 'none',
    },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>[A-Z]+\d+|SyntaxError|invalid-syntax):? (?:\[\*\] )?(?<message>.*)$`,
    String.raw`^(?<code>[A-Z]+\d+|invalid-syntax):? (?:\[\*\] )?(?<message>.*)\n *--> (?<path>[^\n]+):(?<line>\d+):(?<column>\d+)$`,
  ],
  fix: ['ruff', 'check', '--fix', '--quiet', '--no-cache', '--force-exclude', '{files}'],
  cache: ['*.toml', '~/.config/ruff/ruff.toml', '~/.config/ruff/.ruff.toml', '~/.config/ruff/pyproject.toml'],
  install: 'pip install ruff',
  builtIn: 'ruff',
  guard: {
    settings: ['ruff.toml', '.ruff.toml'],
  },
}
