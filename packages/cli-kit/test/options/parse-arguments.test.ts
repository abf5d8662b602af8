import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OptionTable } from '../../src/options/option.ts'
import { parseArguments } from '../../src/options/parse-arguments.ts'

const TABLE = {
  model: { type: 'text', alias: 'm', describe: '' },
  changed: { type: 'text', alias: 'x', bare: 'HEAD', describe: '' },
  checkers: { type: 'list', alias: 'c', otherNames: ['linters', 'tools'], describe: '' },
  iterations: { type: 'integer', alias: 'i', placeholder: 'N', describe: '' },
  'no-git': { type: 'flag', describe: '' },
  git: { type: 'text', describe: '' },
  fix: { type: 'flag', alias: 'f', describe: '' },
  quiet: { type: 'flag', alias: 'q', describe: '' },
  'a.b': { type: 'text', describe: '' },
} as const satisfies OptionTable

function parse(...argv: string[]) {
  const { options, operands, rest } = parseArguments(argv, TABLE)
  return { options: Object.fromEntries(options), operands, rest }
}

test.each([
  { argv: ['--model', 'llama'], options: { model: 'llama' } },
  { argv: ['--model=a=b'], options: { model: 'a=b' } },
  { argv: ['--model='], options: { model: '' } },
  { argv: ['--model', ''], options: { model: '' } },
  { argv: ['--model=--fix'], options: { model: '--fix' } },
  { argv: ['--model', '-abc'], options: { model: '-abc' } },
  { argv: ['--model', '-'], options: { model: '-' } },
  { argv: ['-mllama'], options: { model: 'llama' } },
  { argv: ['-m=llama'], options: { model: 'llama' } },
  { argv: ['-m', 'llama'], options: { model: 'llama' } },
  { argv: ['-qfmllama'], options: { quiet: true, fix: true, model: 'llama' } },
  { argv: ['-qfm', 'llama'], options: { quiet: true, fix: true, model: 'llama' } },
  { argv: ['-m', 'one', '-m', 'two'], options: { model: 'two' } },
  { argv: ['--model', '"quoted"'], options: { model: '"quoted"' } },
  { argv: ['--model', "'quoted'"], options: { model: "'quoted'" } },
  { argv: ['--model', 'two\nlines'], options: { model: 'two\nlines' } },
  { argv: ['--model', '007'], options: { model: '007' } },
  { argv: ['--iterations', '007'], options: { iterations: '007' } },
  { argv: ['-i7'], options: { iterations: '7' } },
  { argv: ['-c', 'a', '--checkers=b', '-cc'], options: { checkers: ['a', 'b', 'c'] } },
  { argv: ['--linters', 'a', '--tools=b', '-cc', '--checkers', 'd'], options: { checkers: ['a', 'b', 'c', 'd'] } },
  { argv: ['-c', 'a', 'b'], options: { checkers: ['a'] }, operands: ['b'] },
  { argv: ['--changed', 'src'], options: { changed: 'HEAD' }, operands: ['src'] },
  { argv: ['--changed=main', 'src'], options: { changed: 'main' }, operands: ['src'] },
  { argv: ['-x', 'src'], options: { changed: 'HEAD' }, operands: ['src'] },
  { argv: ['-xmain'], options: { changed: 'main' } },
  { argv: ['--no-git'], options: { 'no-git': true } },
  { argv: ['--no-git', '--git', 'cat'], options: { 'no-git': true, git: 'cat' } },
  { argv: ['--fix', 'true'], options: { fix: true }, operands: ['true'] },
  { argv: ['--fix', '--fix'], options: { fix: true } },
  { argv: ['--a.b', 'c'], options: { 'a.b': 'c' } },
  { argv: ['007', '1e3', '', '-', 'true', '"q"'], operands: ['007', '1e3', '', '-', 'true', '"q"'] },
  { argv: ['a', '--fix', 'b'], options: { fix: true }, operands: ['a', 'b'] },
  { argv: ['a', '--', '--fix', 'b'], operands: ['a'], rest: ['--fix', 'b'] },
  { argv: ['--'], rest: [] },
  { argv: ['--', '--', 'x'], rest: ['--', 'x'] },
])('$argv', ({ argv, options = {}, operands = [], rest }) => {
  expect(parse(...argv)).toEqual({ options, operands, rest })
})

test.each([
  { argv: ['--modle'], problem: 'unknown option --modle: did you mean --model? (see --help)' },
  { argv: ['--modle=x'], problem: 'unknown option --modle: did you mean --model? (see --help)' },
  { argv: ['--zebra'], problem: 'unknown option --zebra (see --help)' },
  { argv: ['--m', 'x'], problem: 'unknown option --m (see --help)' },
  { argv: ['--noGit'], problem: 'unknown option --noGit: did you mean --no-git? (see --help)' },
  { argv: ['--no-fix'], problem: 'unknown option --no-fix: did you mean --no-git? (see --help)' },
  { argv: ['-z'], problem: 'unknown option -z (see --help)' },
  { argv: ['-5'], problem: 'unknown option -5 (see --help)' },
  { argv: ['-qz'], problem: 'unknown option -z (see --help)' },
  { argv: ['--=x'], problem: 'unknown option -- (see --help)' },
  { argv: ['--__proto__'], problem: 'unknown option --__proto__ (see --help)' },
  { argv: ['--__proto__=x'], problem: 'unknown option --__proto__ (see --help)' },
  { argv: ['--constructor', 'x'], problem: 'unknown option --constructor (see --help)' },
  { argv: ['--get-yargs-completions'], problem: 'unknown option --get-yargs-completions (see --help)' },
  { argv: ['--fix=no'], problem: 'option --fix takes no value' },
  { argv: ['--model'], problem: 'option --model needs a value (--model=VALUE)' },
  { argv: ['--model', '--fix'], problem: 'option --model needs a value (--model=VALUE)' },
  { argv: ['-m', '-f'], problem: 'option -m needs a value (-m VALUE)' },
  { argv: ['-i'], problem: 'option -i needs a value (-i N)' },
  { argv: ['-qi'], problem: 'option -i needs a value (-i N)' },
  { argv: ['--model', '--', 'x'], problem: 'option --model needs a value (--model=VALUE)' },
])('$argv is refused', ({ argv, problem }) => {
  expect(() => parse(...argv)).toThrow(problem)
})

test('any value arrives as it was typed, in each form of an option, and any operand that is no option', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, word) => {
      expect(parse(`--model=${value}`).options).toEqual({ model: value })
      if (value !== '' && !value.startsWith('=')) expect(parse(`-m${value}`).options).toEqual({ model: value })
      expect(parse(`-c${value}x`, '-c', `x${value}`).options).toEqual({
        checkers: [`${value}x`.replace(/^=/, ''), `x${value}`],
      })
      const operand = word.startsWith('-') ? `x${word}` : word
      expect(parse(operand, '-q', operand).operands).toEqual([operand, operand])
    }),
  )
})
