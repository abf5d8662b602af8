import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { plural, sparkline, writeCost, writeCount, writeSeconds, writeTokens } from '@loop-runner/cli-kit'

const FILES = { 'a.txt': 'zero\n', 'replies/1.txt': '<<<< a.txt <<<<\ntwo\n>>>>>>>>\n' }
const LOOP = 'lr-loop --no-git --run-dir run -m replay:replies'
/** Of a prompt. */
const SIZE = / \(prompt: about \d+ tokens\)/
const CHECK = "a.txt -- sh -c 'echo fine words; grep -q two a.txt'"

describe('what is shown of a run', () => {
  test('off a terminal: one plain line a step', async () => {
    using folder = tempFolder(FILES)
    const { stderr } = await bash(`${LOOP} ${CHECK}`, { cwd: folder.path })
    expect(stderr.replace(SIZE, '')).toBe(`lr-loop: sources: 1 file, 5 bytes, about 1 token
lr-loop: check fails (score 0.00): fine words
lr-loop: iteration 1 of at most 100: asking the model
lr-loop: new versions: a.txt
lr-loop: check passes (score 1.00)
lr-loop: passed: the check passes on the files as they are now (1 reply, scores 0.00 1.00)
lr-loop: take back: lr-apply --undo
lr-loop: history: lr-loop show ${folder.path}/run
`)
  })

  test('a limit that cannot hold is reported', async () => {
    using folder = tempFolder(FILES)
    const { stdout, stderr } = await bash(`${LOOP} --json --max-cost 1 ${CHECK}`, { cwd: folder.path })
    expect(JSON.parse(stdout)).toMatchObject({ status: 0, usage: { calls: 1, tokens: 0, cost: null } })
    expect(stderr).toContain(
      'lr-loop: new versions: a.txt (what it costs is not known, so --max-cost cannot hold: set a price, or --max-total-tokens)\n',
    )
  })

  test('with -q: nothing', async () => {
    using folder = tempFolder(FILES)
    expect(await bash(`${LOOP} -q ${CHECK}`, { cwd: folder.path })).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('a summary that cannot be printed: status 3, and the run has ended as it did', async () => {
    using folder = tempFolder(FILES)
    const script = `${LOOP} -q --json ${CHECK} > /dev/full; echo "status $?"; tail -1 run/journal.jsonl`
    const { stdout, stderr } = await bash(script, { cwd: folder.path })
    expect(stderr).toBe('lr-loop: standard output: no space left on device\n')
    expect(stdout).toMatch(/^status 3\n.*"event":"end","status":0,"reason":"passed"}\n$/)
  })

  test('a stage that takes long gives a sign of life', async () => {
    using folder = tempFolder(FILES)
    const wait = 'until grep -q "still in the llm stage" err; do sleep 0.02; done; cat replies/1.txt'
    const script = `lr-loop --no-git --run-dir run --heartbeat 40ms --llm '${wait}' ${CHECK} 2> err; cat err`
    const { stdout } = await bash(script, { cwd: folder.path })
    expect(stdout).toMatch(/^lr-loop: iteration 1: still in the llm stage \(\d+\.\d s\)$/m)
  })

  test('--json-events: every event on the descriptor that is named, as in the journal', async () => {
    using folder = tempFolder(FILES)
    await bash(`${LOOP} --json-events 3 ${CHECK} 3> events`, { cwd: folder.path })
    const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
    expect(read('events')).toBe(read('run/journal.jsonl'))
    const events = read('events')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { event: string })
    expect(events[0]?.event).toBe('began')
    expect(events.at(-1)).toMatchObject({ event: 'end', status: 0, reason: 'passed' })
  })

  test('--json-events: a descriptor that is not open is refused; a reader that goes away does not end the run', async () => {
    using folder = tempFolder(FILES)
    const closed = await bash(`${LOOP} --json-events 7 ${CHECK}`, { cwd: folder.path })
    expect(closed).toMatchObject({ status: 2, stdout: '' })
    expect(closed.stderr).toBe('lr-loop: --json-events 7: no such descriptor (open it: 7> FILE)\n')
    const gone = await bash(`${LOOP.replace('run ', 'run2 ')} --json-events 3 ${CHECK} 3> >(exec true); echo $?`, {
      cwd: folder.path,
    })
    expect(gone.stdout).toBe('0\n')
  })

  test.skipIf(!hasProgram('script'))(
    'on a terminal: steps stay, the state below is redrawn and gone at the end (script)',
    async () => {
      using folder = tempFolder(FILES)
      const script = `COLUMNS=60 script -qec "${LOOP} ${CHECK}" /dev/null`
      const { stdout } = await bash(script, { cwd: folder.path, env: { TERM: 'xterm' } })
      expect(stdout).toMatch(/  checking \d\.\d s · before the first reply · /)
      expect(stdout).toContain('  check: fine words')
      expect(stdout).toContain('score ▁█ 1.00 · 1 reply · 0 tokens')
      expect(stdout).toContain('lr-loop: \x1b[31mcheck fails (score 0.00): fine words\x1b[39m\r\n')
      expect(stdout).toContain('lr-loop: \x1b[32mpassed: ')
      const screen = playTerminal(stdout.replaceAll(/\x1b\[\d+m/g, ''))
      expect(screen.map((line) => line.replace(SIZE, ''))).toEqual([
        'lr-loop: sources: 1 file, 5 bytes, about 1 token',
        'lr-loop: check fails (score 0.00): fine words',
        'lr-loop: iteration 1 of at most 100: asking the model',
        'lr-loop: new versions: a.txt',
        'lr-loop: check passes (score 1.00)',
        'lr-loop: passed: the check passes on the files as they are now (1 reply, scores 0.00 1.00)',
        'lr-loop: take back: lr-apply --undo',
        `lr-loop: history: lr-loop show ${folder.path}/run`,
        '',
      ])
      const plain = await bash(script, { cwd: folder.path, env: { TERM: 'xterm', NO_COLOR: '1' } })
      expect(plain.stdout).not.toMatch(/\x1b\[\d+m/)
      const dumb = await bash(script, { cwd: folder.path, env: { TERM: 'dumb' } })
      expect(dumb.stdout).not.toContain('\x1b')
    },
  )
})

/** What is left on a terminal that knows the two sequences that we write: lines up, and clear to the end. */
function playTerminal(bytes: string): string[] {
  const lines = ['']
  for (const [part, up] of bytes.matchAll(/\x1b\[(\d+)A\r\x1b\[J|\r?\n|[^\x1b\r\n]+/g)) {
    if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Infinity, '')
    else if (part.endsWith('\n')) lines.push('')
    else lines[lines.length - 1] += part
  }
  return lines
}

describe('figures', () => {
  test.each([
    [writeSeconds(0.04), '0.0 s'],
    [writeSeconds(9.96), '10 s'],
    [writeSeconds(59.6), '1 min 00 s'],
    [writeSeconds(185), '3 min 05 s'],
    [writeSeconds(7800), '2 h 10 min'],
    [writeCost(0), '$0.00'],
    [writeCost(0.00312), '$0.0031'],
    [writeCost(1.254), '$1.25'],
    [writeCost(undefined), 'cost unknown'],
    [writeCount(999), '999'],
    [writeCount(1234567), '1,234,567'],
    [writeTokens(0), 'about 1 token'],
    [writeTokens(12_345), 'about 3,100 tokens'],
    [plural(1, 'reply', 'replies'), '1 reply'],
    [plural(0, 'commit'), '0 commits'],
    [sparkline([0, 0.5, 0.99, 1]), '▁▅██'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
