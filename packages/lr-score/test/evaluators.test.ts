import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { scoreText } from './support/score-text.ts'

// Measured with loopllm 0.7.0.
describe('reference values', () => {
  test.each([
    {
      what: "JSON with one of two fields: 0.8, which is loopllm's threshold, and no pass",
      args: ['--field', 'a', '--field', 'b'],
      text: '{"a": 1}',
      lines: ['0.8', 'field "b" is missing'],
    },
    { what: 'no object', args: ['--field', 'a'], text: '[1]', lines: ['0.2', 'an array, not an object'] },
    { what: 'too short', args: ['--min-words', '5'], text: 'a b', lines: ['0.3', '2 words, at least 5 wanted'] },
    {
      what: 'two required patterns and a forbidden one, one of which holds',
      args: ['--require', 'a', '--require', 'b', '--forbid', 'c'],
      text: 'a c',
      lines: ['0.3333', 'nothing matches /b/', 'line 1 matches /c/, which is forbidden'],
    },
    {
      what: 'one of two aspects',
      args: ['--mention', 'error handling', '--mention', 'retry policy'],
      text: 'About the handling of every error.',
      lines: ['0.5', '"retry policy" is not mentioned'],
    },
    {
      what: 'the failing test log that loopllm gives 0.667',
      args: ['--mention', 'All tests pass', '--require', 'tests passed'],
      text: 'pytest: 3 failed, 12 passed',
      lines: ['0', 'nothing matches /tests passed/', '"All tests pass" is not mentioned (missing: tests)'],
    },
  ])('$what', async ({ args, text, lines }) => {
    expect(await scoreText(args, text)).toEqual({ status: 1, lines })
  })
})

describe('what passes', () => {
  test.each([
    {
      args: ['--min-words', '2', '--max-words', '2', '--min-characters', '3', '--max-characters', '3'],
      text: ' é 日\n',
    },
    { args: ['--require', '^b$', '--forbid', '^c'], text: 'a\nb\n' },
    { args: ['--require', 'B', '--ignore-case'], text: 'ab' },
    {
      args: ['--mention', 'deadline', '--mention', 'the API', '--mention', '締切'],
      text: 'Deadlines of the API: 締切は明日',
    },
    { args: ['--valid-json'], text: '[1]' },
    { args: ['--field', 'a:integer', '--field', 'x:y:any', '--field', 'n:null'], text: '{"a":1,"x:y":"","n":null}' },
    { args: ['--command', 'cat >/dev/null'], text: '' },
  ])('$args', async ({ args, text }) => {
    expect(await scoreText(args, text)).toEqual({ status: 0, lines: ['1'] })
  })
})

describe('what does not', () => {
  test.each([
    { args: ['--max-characters', '2'], text: 'abc', lines: ['0.3', '3 characters, at most 2 wanted'] },
    { args: ['--max-words', '0'], text: 'a', lines: ['0.3', '1 word, at most 0 wanted'] },
    { args: ['--forbid', 'TODO'], text: 'a\nb\nTODO', lines: ['0', 'line 3 matches /TODO/, which is forbidden'] },
    { args: ['--field', 'toString'], text: '{}', lines: ['0.6', 'field "toString" is missing'] },
    {
      args: ['--field', 'a:integer', '--field', 'b:string'],
      text: '{"a":1.5,"b":null}',
      lines: ['0.7', 'field "a" is a number, not of type integer', 'field "b" is null, not of type string'],
    },
    { args: ['--valid-json'], text: '', lines: ['0', 'no JSON: Unexpected end of JSON input'] },
    { args: ['--mention', 'API'], text: 'apis', lines: ['0', '"API" is not mentioned'] },
  ])('$args', async ({ args, text, lines }) => {
    expect(await scoreText(args, text)).toEqual({ status: 1, lines })
  })
})

describe('--schema', () => {
  const SCHEMA = {
    type: 'object',
    required: ['a'],
    properties: {
      not: { type: 'null' },
      a: { type: 'array', items: { type: 'number' } },
      b: { anyOf: [{ type: 'string' }, { const: 1 }] },
    },
    additionalProperties: false,
  }

  test.each([
    { text: '{"a":[1]}', status: 0, lines: ['1'] },
    {
      text: '{"a":[1,"x"]}',
      status: 1,
      lines: ['0.6', '/a/1: Instance type "string" is invalid. Expected "number".'],
    },
    {
      text: '{"a":[],"not":1}',
      status: 1,
      lines: ['0.6', '/not: Instance type "number" is invalid. Expected "null".'],
    },
    {
      text: '{"b":2,"c":1}',
      status: 1,
      lines: [
        '0.4',
        'Instance does not have required property "a".',
        '/b: Instance does not match any subschemas.',
        'Property "c" does not match additional properties schema.',
      ],
    },
  ])('$text', async ({ text, status, lines }) => {
    using folder = tempFolder({ 's.json': JSON.stringify(SCHEMA) })
    expect(await scoreText(['-C', folder.path, '--schema', 's.json'], text)).toEqual({ status, lines })
  })

  test('many faults are counted, a text nested beyond measure is a fault, and no address is fetched', async () => {
    using folder = tempFolder({
      'numbers.json': '{"items":{"type":"number"}}',
      'deep.json': '{"items":{"$ref":"#"}}',
      'far.json': '{"$ref":"http://127.0.0.1:1/s.json"}',
    })
    const many = await scoreText(['-C', folder.path, '--schema', 'numbers.json'], JSON.stringify(Array(50).fill('')))
    expect([many.lines.length, many.lines.at(-1)]).toEqual([22, '30 more faults against the schema'])
    const deep = await scoreText(['-C', folder.path, '--schema', 'deep.json'], '['.repeat(1e5) + ']'.repeat(1e5))
    expect(deep.lines).toEqual(['0.2', 'nested too deeply to be checked'])
    const far = await run('lr-score', ['-C', folder.path, '--schema', 'far.json'], { stdin: '1' })
    expect(far).toMatchObject({ status: 2, stderr: expect.stringContaining('the schema cannot be used') as string })
  })
})

describe('--command', () => {
  test.each([
    { command: 'exit 5', status: 1, lines: ['0', '"exit 5" ended with exit code 5'] },
    { command: 'echo too short; exit 5', status: 1, lines: ['0', 'too short'] },
    {
      command: 'seq 22; exit 1',
      status: 1,
      lines: ['0', ...Array.from({ length: 20 }, (_, index) => String(index + 1)), '… and 2 more lines'],
    },
    { command: 'echo score: 0.9 too plain', status: 0, lines: ['0.9', 'too plain (optional)'] },
    { command: 'echo score: 9/10 too plain; exit 1', status: 1, lines: ['0.9', 'too plain'] },
    {
      command: 'echo SCORE = 80%; echo score: 0.6',
      status: 1,
      lines: ['0.7', 'the score 0.7 is below the threshold 0.8'],
    },
    {
      command: 'lr-score --min-words 3',
      status: 1,
      lines: ['0.3', '2 words, at least 3 wanted'],
    },
    { command: '[ "$(cat)" = "two words" ] && [ $# = 0 ] && [ -z "$GROQ_API_KEY" ]', status: 0, lines: ['1'] },
  ])('$command', async ({ command, status, lines }) => {
    const { stdout, ...ran } = await run('lr-score', ['--command', command], {
      stdin: 'two words',
      env: { GROQ_API_KEY: 'k' },
    })
    expect(ran).toEqual({ status, stderr: '' })
    expect(stdout).toBe(`<<<< score <<<<\n${lines.join('\n')}\n>>>>>>>>\n`)
  })

  test.each([
    { command: 'no-such-program', message: 'not found' },
    { command: 'kill -9 $$', message: 'ended by SIGKILL' },
    { command: 'echo score: 7', message: '"score: 7" is no score from 0 to 1 (70% and 7/10 are)' },
    { command: 'echo score: nan', message: '"score: nan" is no score from 0 to 1 (70% and 7/10 are)' },
    { command: 'echo score: 0,5', message: '"score: 0,5" is no score from 0 to 1 (70% and 7/10 are)' },
    { command: 'echo Score =', message: '"Score =" is no score from 0 to 1 (70% and 7/10 are)' },
    { command: 'sleep 600', args: ['--timeout', '200ms'], message: 'stopped after 0.2 s (--timeout gives it more)' },
    { command: 'yes | head -c 2000000', message: 'printed more than 1048576 bytes' },
    // It is stopped at once, not at its time limit.
    { command: 'yes', args: ['--timeout', '1h'], message: 'printed more than 1048576 bytes' },
  ])('$command gives no verdict: 3', async ({ command, args = [], message }) => {
    const ran = await run('lr-score', [...args, '--command', command], { stdin: 'x' })
    expect(ran).toMatchObject({ status: 3, stdout: '' })
    expect(ran.stderr).toContain(`lr-score: --command ${command}: ${message}\n`)
  })

  test('gets the name of a file, and what it says on standard error is led in by our name', async () => {
    using folder = tempFolder({ 'a b.md': 'x' })
    const args = ['--command', 'echo "score: 0.1 $1" >&2; echo "score: 1 $1"', 'a b.md']
    expect(await run('lr-score', args, { cwd: folder.path })).toEqual({
      status: 0,
      stdout: 'score: 1 a b.md: a b.md (optional)\n',
      stderr: `lr-score: ${args[1]}: score: 0.1 a b.md\n`,
    })
  })

  test.skipIf(!hasProgram('jq'))('a command may be any other program (jq)', async () => {
    expect(await scoreText(['--command', 'jq -r "\\"score: \\(.rating)/10\\""'], '{"rating": 9}')).toMatchObject({
      lines: ['0.9'],
    })
  })
})
