import { ava } from './checkers/ava.ts'
import { bandit } from './checkers/bandit.ts'
import { bashSyntax } from './checkers/bash-syntax.ts'
import { bats } from './checkers/bats.ts'
import { biome } from './checkers/biome.ts'
import { cargoCheck } from './checkers/cargo-check.ts'
import { cargoClippy } from './checkers/cargo-clippy.ts'
import { cargoTest } from './checkers/cargo-test.ts'
import { clangTidy } from './checkers/clang-tidy.ts'
import { coverage } from './checkers/coverage.ts'
import { cppcheck } from './checkers/cppcheck.ts'
import { doctest } from './checkers/doctest.ts'
import { eslint } from './checkers/eslint.ts'
import { flake8 } from './checkers/flake8.ts'
import { gcc } from './checkers/gcc.ts'
import { goTest } from './checkers/go-test.ts'
import { goVet } from './checkers/go-vet.ts'
import { gofmt } from './checkers/gofmt.ts'
import { hadolint } from './checkers/hadolint.ts'
import { jest } from './checkers/jest.ts'
import { json } from './checkers/json.ts'
import { luaSyntax } from './checkers/lua-syntax.ts'
import { markdownlint } from './checkers/markdownlint.ts'
import { mocha } from './checkers/mocha.ts'
import { mypy } from './checkers/mypy.ts'
import { nodeSyntax } from './checkers/node-syntax.ts'
import { nodeTest } from './checkers/node-test.ts'
import { oxlint } from './checkers/oxlint.ts'
import { perlSyntax } from './checkers/perl-syntax.ts'
import { phpSyntax } from './checkers/php-syntax.ts'
import { prove } from './checkers/prove.ts'
import { pylint } from './checkers/pylint.ts'
import { pytest } from './checkers/pytest.ts'
import { pythonSyntax } from './checkers/python-syntax.ts'
import { rubySyntax } from './checkers/ruby-syntax.ts'
import { ruff } from './checkers/ruff.ts'
import { shellcheck } from './checkers/shellcheck.ts'
import { stylelint } from './checkers/stylelint.ts'
import { tape } from './checkers/tape.ts'
import { toml } from './checkers/toml.ts'
import { tsc } from './checkers/tsc.ts'
import { unittest } from './checkers/unittest.ts'
import { vitest } from './checkers/vitest.ts'
import { xmllint } from './checkers/xmllint.ts'
import { yaml } from './checkers/yaml.ts'
import { yamllint } from './checkers/yamllint.ts'
import type { TableEntry } from './table-entry.ts'

/** The known checkers by name, in the order in which they run and are listed. */
export const TABLE: Readonly<Record<string, TableEntry>> = {
  ruff,
  pylint,
  flake8,
  mypy,
  pytest,
  unittest,
  bandit,
  coverage,
  'python-syntax': pythonSyntax,
  eslint,
  oxlint,
  biome,
  tsc,
  'node-syntax': nodeSyntax,
  'node-test': nodeTest,
  vitest,
  jest,
  mocha,
  ava,
  tape,
  shellcheck,
  'bash-syntax': bashSyntax,
  gcc,
  'clang-tidy': clangTidy,
  cppcheck,
  'php-syntax': phpSyntax,
  'perl-syntax': perlSyntax,
  'ruby-syntax': rubySyntax,
  'lua-syntax': luaSyntax,
  'go-vet': goVet,
  'go-test': goTest,
  gofmt,
  'cargo-check': cargoCheck,
  'cargo-clippy': cargoClippy,
  'cargo-test': cargoTest,
  bats,
  prove,
  doctest,
  json,
  yaml,
  toml,
  yamllint,
  xmllint,
  markdownlint,
  stylelint,
  hadolint,
}
