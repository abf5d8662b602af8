import type { Checker } from './checker.ts'

const shellcheck: Checker = {
  kind: 'lint',
  types: ['shell'],
  command: ['shellcheck', '--format=gcc', '--color=never', '{files}'],
  rules: [{ stderr: 'openBinaryFile: ', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*?)(?: \[(?<code>SC\d+)\])?$`,
  ],
  cache: ['.shellcheckrc', 'shellcheckrc', '~/.shellcheckrc', '~/.config/shellcheckrc'],
  install: 'apt-get install shellcheck',
}

const bashSyntax: Checker = {
  kind: 'syntax',
  types: ['shell'],
  command: ['bash', '-n', '{files}'],
  alsoNamed: ['sh', 'dash'],
  withArguments: ['-n'],
  target: 'each',
  rules: [
    {
      stderr: ': (?:No such file or directory|cannot execute binary file|Is a directory|cannot open .*)$',
      is: 'error',
    },
    { stderr: 'invalid option|Illegal option', is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2] },
  findings: [String.raw`^(?<path>[^\s:][^:\n]*): (?:line )?(?<line>\d+): (?<message>.*)$`],
  install: 'apt-get install bash',
}

const gcc: Checker = {
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
}

const cppcheck: Checker = {
  kind: 'lint',
  types: ['c', 'c++'],
  command: ['cppcheck', '--error-exitcode=1', '--quiet', '{files}'],
  rules: [
    { output: '^cppcheck: error:', is: 'error' },
    // Without --error-exitcode it ends with 0 whatever it finds.
    { output: '^.+:\\d+:\\d+: error: ', is: 'fail' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*?)(?: \[(?<code>\w+)\])?$`,
  ],
  install: 'apt-get install cppcheck',
}

const clangTidy: Checker = {
  kind: 'lint',
  types: ['c', 'c++'],
  command: ['clang-tidy', '--quiet', '--warnings-as-errors=*', '{files}'],
  rules: [
    // With settings that it cannot read it goes on with its own, and ends with 0.
    { stderr: '^Error parsing .*\\.clang-tidy', is: 'error' },
    // A message without a place is about the command line.
    { output: '^error: .*\\[clang-diagnostic-error\\]$|Unknown command line argument', is: 'error' },
    { status: [1], lacks: '^/.*:\\d+:\\d+: ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>/[^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning): (?<message>.*?)(?: \[(?<code>[\w.-]+)[^\]]*\])?$`,
  ],
  noise: [
    '^Error while trying to load a compilation database:\\n(?:.*\\n){0,8}?Running without flags\\.\\n',
    '^\\d+ (?:warnings|errors|warnings? and \\d+ errors?) generated\\.\\n',
  ],
  config: ['.clang-tidy'],
  fix: ['clang-tidy', '--quiet', '--fix', '{files}'],
  install: 'apt-get install clang-tidy',
}

const phpSyntax: Checker = {
  kind: 'syntax',
  types: ['php'],
  command: ['php', '-l', '{files}'],
  withArguments: ['-l'],
  target: 'each',
  rules: [{ status: [0], lacks: '^No syntax errors detected in ', is: 'none' }],
  exit: { pass: [0], fail: [255] },
  findings: [String.raw`^(?:PHP )?(?:Parse|Fatal) error: +(?<message>.*) in (?<path>.*) on line (?<line>\d+)$`],
  cache: [],
  install: 'apt-get install php-cli',
}

const perlSyntax: Checker = {
  kind: 'syntax',
  types: ['perl'],
  command: ['perl', '-c', '{files}'],
  withArguments: ['-c'],
  target: 'each',
  rules: [
    { status: [0], lacks: ' syntax OK$', is: 'none' },
    { stderr: "^Can't open perl script|^Unrecognized switch", is: 'error' },
    { stderr: ' line \\d+', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [String.raw`^(?<message>\S.*) at (?<path>\S+) line (?<line>\d+)\b.*$`],
  install: 'apt-get install perl',
}

const rubySyntax: Checker = {
  kind: 'syntax',
  types: ['ruby'],
  command: ['ruby', '-c', '{files}'],
  withArguments: ['-c'],
  target: 'each',
  rules: [
    { status: [0], lacks: '^Syntax OK', is: 'none' },
    { stderr: '\\(LoadError\\)$|invalid option', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  install: 'apt-get install ruby',
}

const luaSyntax: Checker = {
  kind: 'syntax',
  types: ['lua'],
  command: ['luac', '-p', '{files}'],
  alsoNamed: ['luac5.1', 'luac5.2', 'luac5.3', 'luac5.4'],
  withArguments: ['-p'],
  version: ['-v'],
  rules: [{ stderr: ': cannot (?:open|read) |^usage: ', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [String.raw`^luac[\d.]*: (?<path>[^\s:][^:\n]*):(?<line>\d+): (?<message>.*)$`],
  install: 'apt-get install lua5.4',
}

export const otherCheckers = {
  shellcheck,
  'bash-syntax': bashSyntax,
  gcc,
  'clang-tidy': clangTidy,
  cppcheck,
  'php-syntax': phpSyntax,
  'perl-syntax': perlSyntax,
  'ruby-syntax': rubySyntax,
  'lua-syntax': luaSyntax,
}
