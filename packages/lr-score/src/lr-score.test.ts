import { parseStream } from '@loop-runner/block-format'
import { hasProgram, run, tempFolder } from '@loop-runner/cli-kit/testing'
import { describe, expect, test } from 'vitest'

/** Runs lr-score on a text; the score block's lines. */
async function score(args: readonly string[], stdin: string): Promise<{ status: number; lines: string[] }> {
  const { status, stdout, stderr } = await run('lr-score', args, { stdin })
  const [part, ...more] = parseStream(stdout)
  if (!part || !('name' in part) || part.name !== 'score' || more.length > 0) throw new Error(stdout + stderr)
  return { status, lines: part.content.trimEnd().split('\n') }
}

// research/features.md 5.2, measured with loopllm 0.7.0.
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
    expect(await score(args, text)).toEqual({ status: 1, lines })
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
    expect(await score(args, text)).toEqual({ status: 0, lines: ['1'] })
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
    expect(await score(args, text)).toEqual({ status: 1, lines })
  })
})

describe('--schema', () => {
  const SCHEMA = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'array', items: { type: 'number' } }, b: { anyOf: [{ type: 'string' }, { const: 1 }] } },
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
    expect(await score(['-C', folder.path, '--schema', 's.json'], text)).toEqual({ status, lines })
  })

  test('many faults are counted, a text nested beyond measure is a fault, and no address is fetched', async () => {
    using folder = tempFolder({
      'numbers.json': '{"items":{"type":"number"}}',
      'deep.json': '{"items":{"$ref":"#"}}',
      'far.json': '{"$ref":"http://127.0.0.1:1/s.json"}',
    })
    const many = await score(['-C', folder.path, '--schema', 'numbers.json'], JSON.stringify(Array(50).fill('')))
    expect([many.lines.length, many.lines.at(-1)]).toEqual([22, '30 more faults against the schema'])
    const deep = await score(['-C', folder.path, '--schema', 'deep.json'], '['.repeat(1e5) + ']'.repeat(1e5))
    expect(deep.lines).toEqual(['0.2', 'nested too deeply to be checked'])
    const far = await run('lr-score', ['-C', folder.path, '--schema', 'far.json'], { stdin: '1' })
    expect(far).toMatchObject({ status: 2, stderr: expect.stringContaining('the schema cannot be used') as string })
  })
})

describe('--command', () => {
  test.each([
    { command: 'exit 5', status: 1, lines: ['0', '"exit 5" ended with exit status 5'] },
    { command: 'echo score: 0.9 too plain', status: 0, lines: ['0.9', 'too plain (optional)'] },
    { command: 'echo score: 9/10 too plain; exit 1', status: 1, lines: ['0.9', 'too plain'] },
    {
      command: 'echo SCORE = 80%; echo score: 0.6',
      status: 1,
      lines: ['0.7', 'the score 0.7 is below the threshold 0.8'],
    },
    { command: 'echo score: 7', status: 0, lines: ['1'] },
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
    { command: 'sleep 60', message: 'stopped after 0.2 s (--timeout gives it more)' },
    { command: 'yes | head -c 2000000', message: 'printed more than 1048576 bytes' },
  ])('$command gives no verdict: 3', async ({ command, message }) => {
    const ran = await run('lr-score', ['--timeout', '200ms', '--command', command], { stdin: 'x' })
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
})

describe('weights, options, thresholds', () => {
  const BASE = ['--min-words', '5', '--require', 'a']

  test.each([
    { args: [], lines: ['0.65', '1 word, at least 5 wanted'], status: 1 },
    { args: ['--weight', 'length=3'], lines: ['0.475', '1 word, at least 5 wanted'], status: 1 },
    { args: ['--weight', 'regex=9', '--threshold', '0.9'], lines: ['0.93', '1 word, at least 5 wanted'], status: 1 },
    {
      args: ['--weight', 'regex=9', '--optional', 'length'],
      lines: ['0.93', '1 word, at least 5 wanted (optional)'],
      status: 0,
    },
    {
      args: ['--optional', 'length'],
      lines: ['0.65', '1 word, at least 5 wanted (optional)', 'the score 0.65 is below the threshold 0.8'],
      status: 1,
    },
    {
      args: ['--optional', 'length', '--threshold', '0.65'],
      lines: ['0.65', '1 word, at least 5 wanted (optional)'],
      status: 0,
    },
  ])('$args', async ({ args, lines, status }) => {
    expect(await score([...BASE, ...args], 'a')).toEqual({ lines, status })
  })
})

describe('what is scored', () => {
  test('every file, or every file of a stream, each by itself; the score is the mean, and one bad one is no pass', async () => {
    using folder = tempFolder({ 'a.md': 'yes', 'b.md': 'no' })
    const args = ['--require', 'yes', '--threshold', '0.5']
    expect(await run('lr-score', [...args, 'a.md', 'b.md'], { cwd: folder.path })).toEqual({
      status: 1,
      stdout: 'score: 0.5 b.md: nothing matches /yes/\n',
      stderr: '',
    })
    const stdin = 'yes\n<<<< a.md <<<<\nyes\n>>>>>>>>\n<<<< ./b <<<<\nno\n>>>>>>>>\n<<<< stdout <<<<\nyes\n>>>>>>>>\n'
    expect(await score(args, stdin)).toEqual({ status: 1, lines: ['0.5', 'b: nothing matches /yes/'] })
    const dash = await run('lr-score', [...args, '--format', 'block', 'a.md', '-'], { cwd: folder.path, stdin: 'yes' })
    expect(dash).toMatchObject({ status: 0, stdout: '<<<< score <<<<\n1\n>>>>>>>>\n' })
  })

  test('the text outside of blocks where a stream holds no file', async () => {
    const stdin = 'ye\n<<<< usage <<<<\n{}\n>>>>>>>>\ns\n'
    expect(await score(['--require', '^ye\\ns$'], stdin)).toEqual({ status: 0, lines: ['1'] })
  })

  test('no name and no text ends a line', async () => {
    using folder = tempFolder({ 'a\nscore: 1\x1b.md': '' })
    const { stdout } = await run('lr-score', ['--require', 'yes', 'a\nscore: 1\x1b.md'], { cwd: folder.path })
    expect(stdout).toBe('score: 0 a score: 1?.md: nothing matches /yes/\n')
  })
})

describe('lr-check', () => {
  test('takes score and deficiencies from the lines', async () => {
    using folder = tempFolder({ 'report.md': 'No words.\n' })
    const command = ['lr-score', '--min-words', '200', '--mention', 'deadline', 'report.md']
    const { status, stdout } = await run('lr-check', ['report.md', '--', ...command], { cwd: folder.path })
    expect(status).toBe(1)
    expect(parseStream(stdout)).toContainEqual({
      name: 'score',
      content: '0.15\nreport.md: 2 words, at least 200 wanted\nreport.md: "deadline" is not mentioned\n',
    })
  })

  test.skipIf(!hasProgram('jq'))('a command may be any other program (jq)', async () => {
    expect(await score(['--command', 'jq -r "\\"score: \\(.rating)/10\\""'], '{"rating": 9}')).toMatchObject({
      lines: ['0.9'],
    })
  })
})

test.each([
  { args: [], message: 'what is asked of the text?' },
  { args: ['--min-words', '3', '--max-words', '2'], message: '--min-words 3: more than --max-words 2' },
  { args: ['--require', '('], message: '--require (: Invalid regular expression' },
  { args: ['--mention', '!'], message: '--mention "!": no word stands in it' },
  { args: ['--field', 'a:text'], message: '--field a:text: "text" is none of any, string' },
  { args: ['--field', ':string'], message: '--field ":string": a field needs a name' },
  { args: ['--schema', 'absent.json'], message: 'absent.json: no such file or directory' },
  { args: ['--schema', 'list.json'], message: 'list.json: a JSON Schema is an object' },
  {
    args: ['--min-words', '1', '--weight', 'length=0'],
    message: '--weight length=0: an evaluator and a number above 0',
  },
  { args: ['--min-words', '1', '--weight', 'json=2'], message: '--weight json=2: no option asks for json' },
  { args: ['--min-words', '1', '--optional', 'size'], message: '--optional size: "size" is none of length, regex' },
  { args: ['--min-words', '1', 'absent.md'], message: 'absent.md: no such file or directory' },
  { args: ['--min-words', '1', 'latin.md'], message: 'latin.md: byte 0 is not UTF-8' },
  { args: ['--min-words', '1'], stdin: '<<<< a.md <<<<\n', message: 'line 1: block "a.md" is never closed' },
  { args: ['--min-words', '1'], stdin: '<<<< stdout <<<<\n>>>>>>>>\n', message: 'neither a file nor text' },
])('$args: used wrongly ($message)', async ({ args, stdin = '', message }) => {
  using folder = tempFolder({ 'list.json': '[]', 'latin.md': Buffer.from([0xe9]) })
  const { status, stdout, stderr } = await run('lr-score', args, { cwd: folder.path, stdin })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(`lr-score: `)
  expect(stderr).toContain(message)
  expect(stderr.trimEnd()).not.toContain('\n')
})

test('what is asked stands on the command line only', async () => {
  using folder = tempFolder({ 'lr.yaml': 'threshold: 0\noptional: [regex]\nscore:\n  timeout: 5\n' })
  const env = { LR_THRESHOLD: '0', LR_SCORE_OPTIONAL: 'regex' }
  expect(await run('lr-score', ['--require', 'x'], { cwd: folder.path, env })).toMatchObject({ status: 1 })
})
