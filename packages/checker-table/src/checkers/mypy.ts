import { BROKE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const mypy: TableEntry = {
  kind: 'type',
  types: ['python'],
  command: [
    'mypy',
    '--no-pretty',
    '--show-column-numbers',
    '--no-color-output',
    '--check-untyped-defs',
    '--cache-dir=/dev/null',
    '{files}',
  ],
  rules: [
    BROKE,
    { status: [2], stdout: '^.+:\\d+: .*\\[syntax\\]$|^.+:\\d+(?::\\d+)?: error: [Ii]nvalid syntax', is: 'fail' },
    { status: [0], lacks: '^Success: ', unless: ['--no-error-summary'], is: 'none' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))?: (?<severity>error|warning|note): (?<message>.*?)(?: +\[(?<code>[\w-]+)\])?$`,
  ],
  config: ['mypy.ini', '.mypy.ini', 'pyproject.toml[tool.mypy]', 'setup.cfg[mypy]'],
  install: 'pip install mypy, or apt-get install mypy',
  guard: {
    suppressions: [
      { name: 'type: ignore', pattern: /#\s*(?:type|pyright|mypy|ty):\s*ignore/gi },
      {
        name: 'settings of the type checker',
        pattern: /#\s*(?:mypy|pyright):\s*(?!ignore)(?:\w+[\w-]*\s*=|basic\b|allow[-_]|no[-_]|disable)/gi,
      },
      { name: 'no_type_check', pattern: /@(?:\w+\.)*no_type_check\b/g },
    ],
    settings: ['mypy.ini', '.mypy.ini'],
  },
}
