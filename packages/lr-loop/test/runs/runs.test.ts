import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { newRunPath } from '../../src/runs/find-run.ts'
import { surplus } from '../../src/runs/prune-runs.ts'

const VERSION = (content: string) => `<<<< a.txt <<<<\n${content}\n>>>>>>>>\n`
const CHECK = ['a.txt', '--', 'sh', '-c', 'cat a.txt; grep -q two a.txt']

/** A folder with a file, two scripted replies and a state folder of its own. */
function workplace() {
  const folder = tempFolder({
    'tree/a.txt': 'zero\n',
    'replies/1.txt': VERSION('one'),
    'replies/2.txt': VERSION('two'),
    'later/1.txt': VERSION('two'),
  })
  const options = { cwd: join(folder.path, 'tree'), env: { XDG_STATE_HOME: join(folder.path, 'state') } }
  const loop = (...args: string[]) =>
    run('lr-loop', ['--no-git', '--json', '-m', 'replay:../replies', ...args, ...CHECK], options)
  const runsFolder = join(folder.path, 'state/loop-runner/runs')
  return { ...options, folder, loop, runsFolder, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

describe('lr-loop runs and show', () => {
  test('tell of a run that passed', async () => {
    using place = workplace()
    await place.loop()
    const [name = ''] = readdirSync(place.runsFolder)
    const list = await run('lr-loop', ['runs'], place)
    expect(list).toMatchObject({ status: 0, stderr: '' })
    const [headings = '', line = ''] = list.stdout.split('\n')
    expect(headings.split(/ {2,}/)).toEqual([
      'run',
      'began',
      'state',
      'replies',
      'score',
      'cost',
      'model',
      'folder',
      'label',
    ])
    expect(line.replace(/\d+ (?:s|min) ago/, 'AGE').split(/ {2,}/)).toEqual([
      name,
      'AGE',
      'passed',
      '2',
      '1.00',
      '-',
      'replay:../replies',
      place.cwd,
    ])
    const page = await run('lr-loop', ['show'], place)
    expect(page).toMatchObject({ status: 0, stderr: '' })
    const lines = page.stdout.split('\n')
    expect(lines[0]).toBe('passed: the check passes on the files as they are now')
    expect(lines).toContain("check:   sh -c 'cat a.txt; grep -q two a.txt'")
    expect(lines).toContain('scores:  ▁▁█')
    const rows = lines.filter((line) => /^\d/.test(line)).map((line) => line.replaceAll(/\d+\.\d s/g, 'T'))
    expect(rows).toEqual([
      '0  fail    0.00       -     -  T  -       zero',
      '1  fail    0.00       0     -  T  -       new versions: a.txt; one',
      '2  pass    1.00       0     -  T  -       new versions: a.txt',
    ])
    const followed = await run('lr-loop', ['show', '--follow', name], { env: place.env })
    expect(followed.stdout).toMatch(
      /^sources: 1 file, 5 bytes, about 1 token\ncheck fails \(score 0\.00\): zero\niteration 1 of at most 100: asking the model \(prompt: about \d+ tokens\)\n/,
    )
    expect(followed.stdout.endsWith(page.stdout)).toBe(true)
  })

  test.runIf(hasProgram('script'))('a terminal shows no line that it would wrap, a pipe whole ones', async () => {
    using place = workplace()
    await place.loop('--label', 'a label '.repeat(20).trim())
    const env = { ...place.env, COLUMNS: '70' }
    const onTerminal = await run('script', ['-qec', 'lr-loop runs', '/dev/null'], { ...place, env })
    const [, row = ''] = onTerminal.stdout.split('\r\n')
    expect(row).toMatch(/^\d{8}-.{60}…$/)
    expect((await run('lr-loop', ['runs'], { ...place, env })).stdout).toMatch(/ a label$/m)
  })

  test('tell what the stop command said', async () => {
    using place = workplace()
    await place.loop('--stop', 'echo enough')
    expect((await run('lr-loop', ['show'], place)).stdout).toMatch(/^stopped by the stop command: enough\n/)
  })

  test('as JSON: the fields of every run, the rounds of one', async () => {
    using place = workplace()
    await place.loop('-i', '1')
    await place.loop('-m', 'replay:../later')
    const { stdout } = await run('lr-loop', ['runs', '--here', '--json'], place)
    const runs = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(runs.map(({ state, replies, scores, cwd }) => ({ state, replies, scores, cwd }))).toEqual([
      { state: 'passed', replies: 1, scores: [0, 1], cwd: place.cwd },
      { state: 'iterations', replies: 1, scores: [0, 0], cwd: place.cwd },
    ])
    const shown = await run('lr-loop', ['show', '--json', String(runs[1]?.['run'])], place)
    expect(JSON.parse(shown.stdout)).toMatchObject({
      state: 'iterations',
      end: { status: 1, reason: 'iterations' },
      rounds: [{ iteration: 0 }, { iteration: 1, reply: { files: ['a.txt'] }, check: { passed: false, said: 'one' } }],
    })
  })

  test('a run that is killed is cut short, and says how to go on; one at work can be followed to its end', async () => {
    using place = workplace()
    const script = `lr-loop --no-git --llm 'touch ../asked; until [ -e ../go ]; do sleep 0.02; done; cat ../replies/2.txt' \
      a.txt -- grep -q two a.txt 2> /dev/null & pid=$!
      until [ -e ../asked ]; do sleep 0.02; done; lr-loop show | head -1
      lr-loop show --follow > ../followed & follower=$!; touch ../go; wait $pid $follower; tail -1 ../followed | cut -c1-7
      rm ../asked ../go; echo zero > a.txt
      lr-loop --no-git --llm 'echo $$ > ../model; touch ../asked; exec sleep 600' a.txt -- grep -q two a.txt 2> /dev/null & pid=$!
      until [ -e ../asked ]; do sleep 0.02; done; kill -9 $pid; wait $pid 2> /dev/null
      kill $(cat ../model); lr-loop show | grep -e short -e '^resume'`
    const { stdout } = await bash(script, place)
    const [newest = ''] = readdirSync(place.runsFolder).sort().toReversed()
    expect(stdout).toBe(`at work\nprompts\ncut short\nresume: lr-loop --resume ${join(place.runsFolder, newest)}\n`)
  })

  test('no run: status 1 for the list, 2 for the page, with words', async () => {
    using place = workplace()
    const none = { status: 1, stdout: '', stderr: 'lr-loop: no runs yet\n' }
    expect(await run('lr-loop', ['runs'], place)).toEqual(none)
    const here = { ...none, stderr: `lr-loop: no run was started in ${place.cwd}\n` }
    expect(await run('lr-loop', ['runs', '--here'], place)).toEqual(here)
    const { status, stderr } = await run('lr-loop', ['show'], place)
    expect(status).toBe(2)
    expect(stderr).toBe(`lr-loop: no run was started in ${place.cwd} (name one: lr-loop runs lists them)\n`)
    expect((await run('lr-loop', ['show', 'nothing-here'], place)).stderr).toMatch(
      /nothing-here: not a run \(no such file/,
    )
  })

  test('a part of the name is enough, as long as one run has it', async () => {
    using place = workplace()
    await place.loop()
    await place.loop()
    const [first = '', second = ''] = readdirSync(place.runsFolder).sort()
    expect((await run('lr-loop', ['show', first.slice(-6)], place)).stdout).toContain(first)
    const several = await run('lr-loop', ['show', first.slice(0, 4)], place)
    expect(several).toMatchObject({
      status: 2,
      stderr: `lr-loop: ${first.slice(0, 4)}: ambiguous, matches 2 runs (the newest: ${second}, ${first})\n`,
    })
  })

  test('a run of another version is left out by name', async () => {
    using place = workplace()
    await place.loop()
    const other = join(place.runsFolder, '20200101-000000-abcdef')
    mkdirSync(other)
    writeFileSync(join(other, 'journal.jsonl'), 'no json\n')
    writeFileSync(join(other, 'settings.json'), '{}\n')
    const { status, stdout, stderr } = await run('lr-loop', ['runs'], place)
    expect({ status, lines: stdout.split('\n').length }).toEqual({ status: 0, lines: 3 })
    expect(stderr).toBe(`lr-loop: skipped: ${other}/settings.json: not the settings of a run of this version\n`)
  })
})

test('runs of one second are in order', () => {
  const at = (time: string) => basename(newRunPath({}, new Date(`2026-11-21T03:30:12.${time}Z`)))
  const names = [at('100'), at('020'), at('003')]
  expect(names.toSorted()).toEqual(names.toReversed())
})

describe('old runs', () => {
  test('are removed at the end of a run; one that is at work stays, and so does what is no run', async () => {
    using place = workplace()
    await place.loop()
    const [first = ''] = readdirSync(place.runsFolder)
    mkdirSync(join(place.runsFolder, 'notes'))
    await bash(
      `cp -r ${first} 20200101-000000-oldest; cp -r ${first} 20200101-000001-atwork
      grep -v '"end"' ${first}/journal.jsonl | sed 's/"mark":{.*}/"mark":{"host":"elsewhere","boot":"","pid":1,"started":""}}/' \
        > 20200101-000001-atwork/journal.jsonl`,
      { cwd: place.runsFolder },
    )
    await place.loop('--keep-runs', '2')
    const left = readdirSync(place.runsFolder).sort()
    expect(left).toHaveLength(4)
    expect(left).toEqual(expect.arrayContaining(['20200101-000001-atwork', first, 'notes']))
  })

  test('what was cut short before it was a run keeps no other from being removed or found', async () => {
    using place = workplace()
    await place.loop()
    const [first = ''] = readdirSync(place.runsFolder)
    await bash(
      `for at in 20200101-000000-aaaaaa 20300101-000000-aaaaaa; do mkdir $at; cp ${first}/settings.json $at; done`,
      {
        cwd: place.runsFolder,
      },
    )
    const { stdout } = await run('lr-loop', ['show', '--json'], place)
    expect(JSON.parse(stdout)).toMatchObject({ run: join(place.runsFolder, first) })
    expect(await run('lr-loop', ['runs'], place)).toMatchObject({ status: 0, stderr: '' })
    const { stderr } = await place.loop('--keep-runs', '2')
    expect(stderr).not.toContain('could not be removed')
    expect(readdirSync(place.runsFolder)).toEqual([expect.any(String), '20300101-000000-aaaaaa'])
  })

  test.each([
    { sizes: [5, 5, 5], limits: { runs: 3, bytes: 15 }, gone: [] },
    { sizes: [5, 5, 5], limits: { runs: 2, bytes: 15 }, gone: ['2'] },
    { sizes: [5, 5, 5], limits: { runs: 9, bytes: 14 }, gone: ['2'] },
    { sizes: [5, 20, 5], limits: { runs: 9, bytes: 14 }, gone: ['1', '2'] },
    { sizes: [99, 1], limits: { runs: 9, bytes: 14 }, gone: ['1'] },
  ])('sizes $sizes within $limits: $gone go', ({ sizes, limits, gone }) => {
    expect(
      surplus(
        sizes.map((bytes, index) => ({ path: String(index), bytes })),
        limits,
      ),
    ).toEqual(gone)
  })
})

test('runs are grouped by label: passed, replies, and the score after each reply', async () => {
  using folder = tempFolder({ 'a.txt': '0\n' })
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  const check = ['a.txt', '--', 'sh', '-c', 'echo "score: 0.$(cat a.txt)"; grep -q 5 a.txt']
  const loop = (label: string, value: number) => {
    const llm = `echo ${value} | lr-blocks wrap a.txt`
    return run('lr-loop', ['-q', '--no-git', '-i1', `--label=${label}`, '--llm', llm, ...check], {
      cwd: folder.path,
      env,
    })
  }
  await loop('slow', 2)
  await loop('slow', 5)
  const { stdout } = await run('lr-loop', ['runs', '--by', 'label,cwd', '--json'], { cwd: folder.path, env })
  expect(JSON.parse(stdout)).toEqual({
    label: 'slow',
    cwd: folder.path,
    runs: 2,
    passed: 1,
    replies: 1,
    p90: 1,
    passedWithin: [0, 1],
    scores: [expect.closeTo(0.1), expect.closeTo(0.35)] as unknown[],
  })
  const { stdout: list } = await run('lr-loop', ['runs', '--json'], { cwd: folder.path, env })
  expect(JSON.parse(list.split('\n')[0] ?? '')).toMatchObject({ label: 'slow', passed: true, calls: 1, best: 0.5 })
  const lines = await run('lr-loop', ['runs'], { cwd: folder.path, env })
  expect(lines.stdout).toMatch(/ label\n(?:.*  slow\n){2}$/)
  const shown = await run('lr-loop', ['show'], { cwd: folder.path, env })
  expect(shown.stdout).toMatch(/^label: +slow$/m)
  expect(await run('lr-loop', ['runs', '--by', 'colour'], { env })).toMatchObject({ status: 2, stdout: '' })
})

test('a run without a check is in no mean score, and a label is part of one line', async () => {
  using folder = tempFolder({ 'a.txt': '0\n' })
  const place = { cwd: folder.path, env: { XDG_STATE_HOME: join(folder.path, 'state') } }
  const args = ['-q', '--no-git', '--llm=false', '--label=new\nline\u001b[31m', 'a.txt', '--']
  expect((await run('lr-loop', [...args, 'true'], place)).status).toBe(0)
  expect((await run('lr-loop', [...args, 'no-such-program'], place)).status).toBe(3)
  const { stdout } = await run('lr-loop', ['runs', '--by', 'label', '--json'], place)
  expect(JSON.parse(stdout)).toMatchObject({ runs: 2, passed: 1, scores: [1] })
  for (const words of [[], ['--by', 'label']])
    expect((await run('lr-loop', ['runs', ...words], place)).stdout).toContain('new line␛[31m')
})
