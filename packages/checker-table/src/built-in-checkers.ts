import { type Checkers, checkersOf } from './derived-lists.ts'
import { TABLE } from './table.ts'

export const BUILT_IN_CHECKERS: Checkers = checkersOf(TABLE)

/** Other names by which `-c` knows a checker. */
export const SYNONYMS: Readonly<Record<string, string>> = { jsonlint: 'json' }

/** What runs for a file type by default: the first installed checker of each chain. */
export const CHAINS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  python: [['ruff', 'python-syntax'], ['pylint'], ['flake8'], ['mypy']],
  javascript: [['node-syntax'], ['eslint', 'oxlint', 'biome']],
  jsx: [['eslint', 'oxlint', 'biome']],
  typescript: [['tsc'], ['eslint', 'oxlint', 'biome']],
  tsx: [['tsc'], ['eslint', 'oxlint', 'biome']],
  json: [['json']],
  jsonc: [['json']],
  jsonl: [['json']],
  yaml: [['yaml'], ['yamllint']],
  toml: [['toml']],
  shell: [['bash-syntax'], ['shellcheck']],
  c: [['gcc'], ['clang-tidy', 'cppcheck']],
  'c++': [['gcc'], ['clang-tidy', 'cppcheck']],
  go: [['go-vet'], ['gofmt']],
  rust: [['cargo-clippy', 'cargo-check']],
  php: [['php-syntax']],
  perl: [['perl-syntax']],
  ruby: [['ruby-syntax']],
  lua: [['lua-syntax']],
  xml: [['xmllint']],
  markdown: [['markdownlint']],
  css: [['stylelint']],
  dockerfile: [['hadolint']],
}
