import type { Checker } from './checker.ts'

const markdownlint: Checker = {
  kind: 'lint',
  types: ['markdown'],
  command: ['markdownlint-cli2', '{files}'],
  rules: [{ status: [0], lacks: '^Linting: [1-9]\\d* file', is: 'none' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))? (?:(?<severity>error|warning) )?(?<code>MD\d+)\S* (?<message>.*)$`,
  ],
  version: ['--help'],
  fix: ['markdownlint-cli2', '--fix', '{files}'],
  install: 'npm install --save-dev markdownlint-cli2',
}

const stylelint: Checker = {
  kind: 'lint',
  types: ['css'],
  command: ['stylelint', '--formatter=unix', '--no-color', '{files}'],
  rules: [{ stderr: '^(?:All input files were ignored|NoFilesFoundError)', is: 'none' }],
  exit: { pass: [0], fail: [2] },
  findings: [
    String.raw`^(?<path>/[^:\n]*):(?<line>\d+):(?<column>\d+): (?<message>.*?) (?:\((?<code>[^()\s]+)\) )?\[(?<severity>\w+)\]$`,
  ],
  config: [
    '.stylelintrc',
    '.stylelintrc.json',
    '.stylelintrc.yml',
    '.stylelintrc.yaml',
    'stylelint.config.js',
    'stylelint.config.mjs',
    'stylelint.config.cjs',
  ],
  fix: ['stylelint', '--formatter=unix', '--no-color', '--fix', '{files}'],
  install: 'npm install --save-dev stylelint stylelint-config-standard',
}

const hadolint: Checker = {
  kind: 'lint',
  types: ['dockerfile'],
  command: ['hadolint', '--no-color', '{files}'],
  rules: [
    { output: '^hadolint: .*: (?:open|with)BinaryFile: |^Invalid option ', is: 'error' },
    { status: [1], lacks: ':\\d+ ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))? (?<code>\w+) (?<severity>error|warning|info|style)?:? *(?<message>.*)$`,
  ],
  cache: ['.hadolint.yaml', '.hadolint.yml', '~/.config/hadolint.yaml', '~/.hadolint.yaml'],
  install: 'https://github.com/hadolint/hadolint/releases',
}

const json: Checker = {
  kind: 'syntax',
  types: ['json', 'jsonc', 'jsonl'],
  command: ['lr-check', '-c', 'json', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'json',
}

const yaml: Checker = {
  kind: 'syntax',
  types: ['yaml'],
  command: ['lr-check', '-c', 'yaml', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'yaml',
}

const toml: Checker = {
  kind: 'syntax',
  types: ['toml'],
  command: ['lr-check', '-c', 'toml', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'toml',
}

const yamllint: Checker = {
  kind: 'lint',
  types: ['yaml'],
  command: ['yamllint', '--format=parsable', '--strict', '{files}'],
  rules: [{ stderr: '^Traceback \\(most recent call last\\):|^usage: ', is: 'error' }],
  exit: { pass: [0], fail: [1, 2] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): \[(?<severity>\w+)\] (?<message>.*?)(?: \((?<code>[\w-]+)\))?$`,
  ],
  config: ['.yamllint', '.yamllint.yaml', '.yamllint.yml'],
  cache: ['.yamllint', '.yamllint.yaml', '.yamllint.yml', '~/.config/yamllint/config'],
  install: 'pip install yamllint, or apt-get install yamllint',
}

const xmllint: Checker = {
  kind: 'syntax',
  types: ['xml'],
  command: ['xmllint', '--noout', '--nonet', '{files}'],
  rules: [
    { stderr: '^(?:warning: failed to load external entity|I/O error|Unknown option)', is: 'error' },
    { status: [1, 3, 4], stderr: ' error : ', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+): (?<code>\w+) (?<severity>error|warning) : (?<message>.*)$`,
  ],
  install: 'apt-get install libxml2-utils',
}

export const documentCheckers = { json, yaml, toml, yamllint, xmllint, markdownlint, stylelint, hadolint }
