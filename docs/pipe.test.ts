import { readFileSync } from 'node:fs'
import { bash, hasProgram, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const page = readFileSync(new URL('pipe.md', import.meta.url), 'utf8')

/** The rows of the page's table: the end, the exit code of each stage, and whether a commit is made. */
const rows = [...page.matchAll(/^\| (\w[^|]*) \|((?: \d \|){5}) (yes|no) \|$/gm)].map(
  ([, end = '', codes = '', commit = '']) => ({ end, codes: codes.match(/\d/g)?.join(' ') ?? '', commit }),
)

interface Ways {
  readonly check?: string
  readonly prompt?: string
  readonly llm?: string
  readonly apply?: string
  readonly before?: string
}

const REPLY = "exec:sh -c 'cat > /dev/null; cat reply'"

/** How each end of the table comes about. */
const ENDS: Readonly<Record<string, Ways>> = {
  'the check fails, the reply is applied': {},
  'the check passes': { check: 'src -- true' },
  'the checker is missing': { check: 'src -- ./no-such-check' },
  'the checker is broken': { check: 'src -c broken', before: 'cp broken.yaml lr.yaml' },
  'a linter times out': { check: 'src -c slow --timeout 300ms', before: 'cp broken.yaml lr.yaml' },
  'the prompt does not fit the budget': { prompt: '--budget 10' },
  'an instruction file cannot be read': { prompt: '-I gone.txt' },
  'the reply is empty': { llm: 'exec:true' },
  "the model's server cannot be reached": { llm: 'ollama/x --url http://127.0.0.1:9 --retries 0' },
  'the model is not known': { llm: 'nowhere/x' },
  'the reply changes nothing': { before: "printf '<<<< src/a.txt <<<<\\none\\n>>>>>>>>\\n' > reply" },
  'the reply is refused': { before: "printf '<<<< ../a.txt <<<<\\ntwo\\n>>>>>>>>\\n' > reply" },
  'an option of lr-apply is unknown': { apply: '--writeable' },
  'there is no git repository': { before: 'rm -rf .git' },
}

const FILES = {
  'src/a.txt': 'one\n',
  reply: '<<<< src/a.txt <<<<\ntwo\n>>>>>>>>\n',
  'broken.yaml': [
    'check:',
    '  checkers: []',
    'checkers:',
    '  broken: { kind: lint, types: [text], files: ["*.txt"], command: [sh, -c, "echo bad >&2; exit 9"], exit: { pass: [0], fail: [1] } }',
    '  slow: { kind: lint, types: [text], files: ["*.txt"], command: [sleep, "60"], exit: { pass: [0], fail: [1] } }',
    '',
  ].join('\n'),
}

function pipe({ check = 'src -- grep -q two src/a.txt', prompt = '', llm, apply = '' }: Ways, advisory = ''): string {
  const model = llm === undefined ? `"${REPLY}"` : llm
  return `lr-check ${advisory} ${check} | lr-prompt ${prompt} | lr-llm -m ${model} | lr-apply ${apply} src | lr-git commit`
}

async function runPipe(ways: Ways, script: string) {
  using folder = tempFolder(FILES)
  const prepare = `{ git init -q -b main && git add -A && git commit -qm start && lr-git start; ${ways.before ?? ':'}; } > /dev/null 2>&1`
  const ran = await bash(`${prepare}; before=$(git rev-list --all 2> /dev/null | wc -l); ${script}`, {
    cwd: folder.path,
  })
  return { ...ran, last: ran.stdout.trim().split('\n').at(-1) }
}

describe.skipIf(!hasProgram('git'))('the pipe of the README (git)', () => {
  test('every row of the page has its test', () => {
    expect(rows.map(({ end }) => end).sort()).toEqual(Object.keys(ENDS).sort())
  })

  test.each(rows)('$end: $codes', async ({ end, codes, commit }) => {
    const ways = ENDS[end] ?? {}
    const after = 'echo "${PIPESTATUS[*]} $(($(git rev-list --all 2> /dev/null | wc -l) > before))"'
    const { last, stderr } = await runPipe(ways, `${pipe(ways)} > /dev/null; ${after}`)
    // A stage may be ended by SIGPIPE if the next one ends without reading.
    expect(last?.replaceAll('141', '0'), stderr).toBe(`${codes} ${commit === 'yes' ? 1 : 0}`)
  })

  test.each(sampleOf(rows, 4))('under pipefail, with --advisory: $end', async ({ end, codes, commit }) => {
    const ways = ENDS[end] ?? {}
    const { last } = await runPipe(ways, `set -o pipefail; ${pipe(ways, '--advisory')} > /dev/null; echo $?`)
    const expected =
      codes
        .replace(/^1/, '0')
        .split(' ')
        .findLast((code) => code !== '0') ?? '0'
    expect(last).toBe(expected)
    expect(last === '0').toBe(commit === 'yes')
  })
})
