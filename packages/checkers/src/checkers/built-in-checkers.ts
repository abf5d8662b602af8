import type { Checker } from './checker.ts'
import { documentCheckers } from './documents.ts'
import { goAndRustCheckers } from './go-and-rust.ts'
import { javascriptCheckers } from './javascript.ts'
import { moreTestCheckers } from './more-tests.ts'
import { otherCheckers } from './other.ts'
import { pythonCheckers } from './python.ts'

/** Checkers by name, in the order in which they run and are listed. */
export type Checkers = Readonly<Record<string, Checker>>

export const BUILT_IN_CHECKERS: Checkers = {
  ...pythonCheckers,
  ...javascriptCheckers,
  ...otherCheckers,
  ...goAndRustCheckers,
  ...moreTestCheckers,
  ...documentCheckers,
}

/** Other names by which `-c` knows a checker. */
export const SYNONYMS: Readonly<Record<string, string>> = { jsonlint: 'json' }

/** What runs for a file type by default: the first installed checker of each chain (research/check-prompt.md 7.4). */
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
