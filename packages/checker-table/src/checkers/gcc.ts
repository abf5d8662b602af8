import type { TableEntry } from '../table-entry.ts'

export const gcc: TableEntry = {
  kind: 'syntax',
  types: ['c', 'c++'],
  command: ['gcc', '-fsyntax-only', '-Wall', '-Werror', '{files}'],
  alsoNamed: ['cc', 'g++', 'clang', 'clang++', 'c++'],
  rules: [
    { stderr: 'linker input file unused|unrecognized command-line option|no input files', is: 'error' },
    { stderr: '^(?:cc1(?:plus)?|gcc|clang): (?:fatal )?error: .*[Nn]o such file', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>fatal error|error|warning|note): (?<message>.*?)(?: \[(?<code>-W[\w=-]+)\])?$`,
  ],
  install: 'apt-get install gcc',
  guard: {
    suppressions: [
      {
        name: '#pragma diagnostic',
        pattern: /(?:#\s*pragma\s+|\b_Pragma\s*\(\s*")(?:GCC|clang)\s+(?:diagnostic\s+ignored|system_header)/g,
      },
      // As the preprocessor writes it: what follows is of a system header.
      { name: 'line of a system header', pattern: /^\s*#\s*(?:line\s+)?\d+\s+"[^"\n]*"(?:\s+\d)*\s+3\b/gm },
    ],
  },
}
