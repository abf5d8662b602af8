import { basename } from 'node:path'
import type { StartedCommand } from '@loop-runner/source-files'

/** Formatters and fixers that rewrite files, unless they are asked not to. */
const WRITES: readonly (readonly [program: RegExp, words: RegExp, unless?: RegExp])[] = [
  [
    /^(?:black|isort|autoflake|pyupgrade|cargo-fmt|rustfmt|phpcbf|dprint|pre-commit|lint-staged)$/,
    /^/,
    /^--(?:check|diff|check-only)$|^check$/,
  ],
  [
    /^(?:ruff|cargo|deno|go|mix|terraform|biome|php-cs-fixer|dart|zig|buf|just)$/,
    /^(?:format|fmt|fix|generate|tidy)$/,
    /^--(?:check|diff|dry-run)$/,
  ],
  [/^(?:prettier|gofmt|goimports|shfmt|biome|oxfmt|rome|standard|xo)$/, /^(?:-w|--write|--fix|-i)$/],
  [/^(?:sed|perl|clang-format|autopep8|yapf|yq|xmllint)$/, /^(?:-i\S*|--in-place|-pi\S*|--output)$/],
  [/^/, /^(?:--fix\S*|--autofix|--autocorrect\S*|--write-changes|-u|--update-snapshots?|--updateSnapshot|--apply)$/],
  [/^rubocop$/, /^-[aA]$/],
]

/** Whether a check itself rewrites its sources: a formatter before the tests, a linter with --fix. */
export function rewritesSources(commands: readonly StartedCommand[]): boolean {
  return commands.some(({ words: [program = '', ...args] }) =>
    WRITES.some(
      ([name, words, unless]) =>
        name.test(basename(program)) &&
        (args.length === 0 ? words.test('') : args.some((word) => words.test(word))) &&
        !(unless && args.some((word) => unless.test(word))),
    ),
  )
}
