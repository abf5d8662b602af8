import type { Table } from './situations.ts'

const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe])
const STYLELINT = { '.stylelintrc.json': '{ "rules": { "block-no-empty": true } }\n' }

export const DOCUMENT_SITUATIONS: readonly Table[] = [
  {
    checker: 'json',
    program: 'node',
    rows: [
      ['pass', { 'a.json': '{"a": [1, 2.5e3, true, null, "\\u00e9"]}\n' }, ['-c', 'json', 'a.json'], 'pass'],
      ['syntax error', { 'a.json': '{"a": 1,}\n' }, ['-c', 'json', 'a.json'], 'fail'],
      ['empty file', { 'a.json': '' }, ['-c', 'json', 'a.json'], 'fail'],
      ['binary file', { 'a.json': BINARY }, ['-c', 'json', 'a.json'], 'fail'],
      [
        'comments where they may be',
        { 'tsconfig.json': '// x\n{"a": [1,],}\n' },
        ['-c', 'json', 'tsconfig.json'],
        'pass',
      ],
      ['no source of its type', { 'a.txt': '' }, ['-c', 'json', 'a.txt'], 'none'],
    ],
  },
  {
    checker: 'yaml',
    program: 'node',
    rows: [
      ['pass', { 'a.yaml': 'a: [1, 2]\n---\nb: 1\n' }, ['-c', 'yaml', 'a.yaml'], 'pass'],
      ['syntax error', { 'a.yaml': 'a: [1, 2\n' }, ['-c', 'yaml', 'a.yaml'], 'fail'],
      ['key twice', { 'a.yaml': 'a: 1\na: 2\n' }, ['-c', 'yaml', 'a.yaml'], 'fail'],
      ['empty file', { 'a.yaml': '' }, ['-c', 'yaml', 'a.yaml'], 'pass'],
      ['binary file', { 'a.yaml': BINARY }, ['-c', 'yaml', 'a.yaml'], 'fail'],
    ],
  },
  {
    checker: 'yamllint',
    program: 'yamllint',
    rows: [
      ['pass', { 'a.yaml': '---\na: 1\n' }, ['-c', 'yamllint', 'a.yaml'], 'pass'],
      ['findings', { 'a.yaml': '---\na:   1\n' }, ['-c', 'yamllint', 'a.yaml'], 'fail'],
      ['warnings only', { 'a.yaml': 'a: 1\n' }, ['-c', 'yamllint', 'a.yaml'], 'fail'],
      ['syntax error', { 'a.yaml': '---\na: [1\n' }, ['-c', 'yamllint', 'a.yaml'], 'fail'],
      ['missing file', {}, ['--', 'yamllint', 'nope.yaml'], 'error'],
      ['bad option', { 'a.yaml': '---\na: 1\n' }, ['--', 'yamllint', '--no-such-option', 'a.yaml'], 'error'],
      ['binary file', { 'a.yaml': BINARY }, ['-c', 'yamllint', 'a.yaml'], 'error'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'yamllint', 'x'], 'none'],
    ],
  },
  {
    checker: 'xmllint',
    program: 'xmllint',
    rows: [
      ['pass', { 'a.xml': '<a><b/></a>\n' }, ['-c', 'xmllint', 'a.xml'], 'pass'],
      ['syntax error', { 'a.xml': '<a><b></a>\n' }, ['-c', 'xmllint', 'a.xml'], 'fail'],
      ['missing file', {}, ['--', 'xmllint', '--noout', 'nope.xml'], 'error'],
      ['bad option', { 'a.xml': '<a/>\n' }, ['--', 'xmllint', '--no-such-option', 'a.xml'], 'error'],
      ['binary file', { 'a.xml': BINARY }, ['-c', 'xmllint', 'a.xml'], 'fail'],
      ['folder', { 'x/.keep': '' }, ['--', 'xmllint', '--noout', 'x'], 'none'],
    ],
  },
  {
    checker: 'hadolint',
    program: 'hadolint',
    rows: [
      ['pass', { Dockerfile: 'FROM debian:12.11\n' }, ['-c', 'hadolint', 'Dockerfile'], 'pass'],
      ['findings', { Dockerfile: 'FROM debian\n' }, ['-c', 'hadolint', 'Dockerfile'], 'fail'],
      ['syntax error', { Dockerfile: 'FRM debian\n' }, ['-c', 'hadolint', 'Dockerfile'], 'fail'],
      ['missing file', {}, ['--', 'hadolint', 'nope'], 'error'],
      ['bad option', { Dockerfile: '' }, ['--', 'hadolint', '--no-such-option', 'Dockerfile'], 'error'],
    ],
  },
  {
    checker: 'toml',
    program: 'node',
    rows: [
      ['pass', { 'a.toml': 'a = 1\n[b]\nc = ["x"]\n' }, ['-c', 'toml', 'a.toml'], 'pass'],
      ['syntax error', { 'a.toml': 'a = \n' }, ['-c', 'toml', 'a.toml'], 'fail'],
      ['key twice', { 'a.toml': 'a = 1\na = 2\n' }, ['-c', 'toml', 'a.toml'], 'fail'],
      ['empty file', { 'a.toml': '' }, ['-c', 'toml', 'a.toml'], 'pass'],
      ['binary file', { 'a.toml': BINARY }, ['-c', 'toml', 'a.toml'], 'fail'],
    ],
  },
  {
    checker: 'markdownlint',
    program: 'markdownlint-cli2',
    rows: [
      ['pass', { 'a.md': '# a\n\nx\n' }, ['-c', 'markdownlint', 'a.md'], 'pass'],
      ['findings', { 'a.md': 'x\n# a\n' }, ['-c', 'markdownlint', 'a.md'], 'fail'],
      ['missing file', {}, ['--', 'markdownlint-cli2', 'nope.md'], 'none'],
      [
        'bad configuration',
        { 'a.md': '# a\n', '.markdownlint-cli2.jsonc': '{' },
        ['-c', 'markdownlint', 'a.md'],
        'error',
      ],
    ],
  },
  {
    checker: 'stylelint',
    program: 'stylelint',
    rows: [
      ['pass', { 'a.css': 'a { color: red; }\n', ...STYLELINT }, ['-c', 'stylelint', 'a.css'], 'pass'],
      ['findings', { 'a.css': 'a { }\n', ...STYLELINT }, ['-c', 'stylelint', 'a.css'], 'fail'],
      ['syntax error', { 'a.css': 'a {{ }\n', ...STYLELINT }, ['-c', 'stylelint', 'a.css'], 'fail'],
      ['no configuration', { 'a.css': 'a { }\n' }, ['-c', 'stylelint', 'a.css'], 'error'],
      ['missing file', STYLELINT, ['--', 'stylelint', 'nope.css'], 'none'],
      ['bad option', { 'a.css': 'a { }\n', ...STYLELINT }, ['--', 'stylelint', '--no-such-option', 'a.css'], 'error'],
    ],
  },
]
