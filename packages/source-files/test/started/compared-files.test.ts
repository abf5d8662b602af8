import { expect, test } from 'vitest'
import { comparedFiles } from '../../src/started/compared-files.ts'

test.each([
  [
    'a file beside what is printed',
    'set -e\nsh app.sh < input.txt > out.txt\ndiff -u expected.txt out.txt\n',
    ['expected.txt'],
  ],
  ['a pipe', './app < input.txt | diff - want/out', ['want/out']],
  ['a process substitution', 'diff <(./app) want.txt', ['want.txt']],
  ['cmp, in a condition', 'if ! cmp -s out.bin tests/out.bin; then exit 1; fi', ['out.bin', 'tests/out.bin']],
  ['git', 'git diff --no-index --exit-code want.txt out.txt', ['want.txt', 'out.txt']],
  ['a loop', 'for i in cases/*.in; do ./app < "$i" | diff - "${i%.in}.out" || exit 1; done', ['*.out']],
  ['a folder in a variable', 'diff "$dir/expected.txt" out', ['**/expected.txt', 'out']],
  ['what a condition reads', 'test "$(./app 1)" = "$(cat want/sum)" || exit 1', ['want/sum']],
  ['input that is compared with what becomes of it', './format sample.txt | diff - sample.txt', []],
  ['what is compared with its own input', './format < sample.txt | diff sample.txt -', []],
  ['only a variable', 'diff "$1" "$2"', []],
  ['no comparison', 'cat expected.txt; ./app expected.txt', []],
])('%s', (_, text, files) => {
  expect(comparedFiles(text)).toEqual(files)
})
