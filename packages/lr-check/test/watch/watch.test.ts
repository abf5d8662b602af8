import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, bash, BIN, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'

/** A program that watches: its runs as they come, and how it ends. */
class Watching implements AsyncDisposable {
  readonly #child
  readonly #runs: AsyncIterator<string>
  stderr = ''

  constructor(cwd: string, args: readonly string[]) {
    const options = { cwd, env: bareEnvironment() }
    this.#child = spawn(join(BIN, 'lr-check'), ['--watch', ...args], options)
    this.#child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.#runs = untilNul(this.#child.stdout)
  }

  /** The stream of the next run. */
  async next(): Promise<string> {
    const { value } = (await this.#runs.next()) as { value: string }
    return value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGINT')
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once('exit', resolve))
  }
}

async function* untilNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of chunks) {
    const streams = (text + chunk.toString()).split('\0')
    text = streams.pop() ?? ''
    yield* streams
  }
}

const outcomes = (stream: string) => [...stream.matchAll(/^<<<< outcome <<<<\n(\w+)$/gm)].map(([, outcome]) => outcome)

test('runs again when a source changes, comes or goes, in folders that are new too', async () => {
  using folder = tempFolder({ 'src/a.json': '{}' })
  await using watching = new Watching(folder.path, ['src'])
  expect(outcomes(await watching.next())).toEqual(['pass'])
  writeFileSync(join(folder.path, 'src/a.json'), '{')
  expect(outcomes(await watching.next())).toEqual(['fail'])
  mkdirSync(join(folder.path, 'src/new/below'), { recursive: true })
  writeFileSync(join(folder.path, 'src/new/below/b.json'), '{}')
  expect(await watching.next()).toContain('<<<< src/new/below/b.json <<<<\n')
  rmSync(join(folder.path, 'src/a.json'))
  expect(outcomes(await watching.next())).toEqual(['pass'])
})

test('runs again when settings change, and says what is wrong in them', async () => {
  using folder = tempFolder({ 'a.json': '{', 'lr.yaml': 'checks: { a: "false" }' })
  await using watching = new Watching(folder.path, ['a.json'])
  expect(await watching.next()).toContain('<<<<<<<<\nfalse\n')
  writeFileSync(join(folder.path, 'lr.yaml'), 'checks: { a: "true" }')
  expect(await watching.next()).toContain('<<<<<<<<\ntrue\n')
  writeFileSync(join(folder.path, 'lr.yaml'), 'checks: 7')
  expect(await watching.next()).toBe('')
  await expect.poll(() => watching.stderr).toContain('lr.yaml:1:1: checks: ')
  rmSync(join(folder.path, 'lr.yaml'))
  expect(outcomes(await watching.next())).toEqual(['fail'])
})

test('a check that changes the sources itself is made once more, not for ever', async () => {
  using folder = tempFolder({ 'a.txt': '' })
  await using watching = new Watching(folder.path, ['a.txt', '--', 'sh', '-c', 'echo x >> a.txt'])
  expect(await watching.next()).toMatch(/^<<<< a.txt <<<<\n>>>>/)
  expect(await watching.next()).toMatch(/^<<<< a.txt <<<<\nx\n>>>>/)
  writeFileSync(join(folder.path, 'a.txt'), 'ours\n')
  expect(await watching.next()).toMatch(/^<<<< a.txt <<<<\nours\n>>>>/)
})

test('files that only the command names are watched too', async () => {
  using folder = tempFolder({ 'a.txt': '', 'tests/t.sh': 'exit 1\n' })
  await using watching = new Watching(folder.path, ['a.txt', '--', 'sh', 'tests/t.sh'])
  expect(outcomes(await watching.next())).toEqual(['fail'])
  writeFileSync(join(folder.path, 'tests/t.sh'), 'exit 0\n')
  expect(outcomes(await watching.next())).toEqual(['pass'])
})

test('files of a list are watched, and the list', async () => {
  using folder = tempFolder({ 'a.json': '{}', 'b.json': '{', list: 'a.json\n' })
  await using watching = new Watching(folder.path, ['--files-from', 'list'])
  expect(outcomes(await watching.next())).toEqual(['pass'])
  writeFileSync(join(folder.path, 'a.json'), '[]')
  expect(await watching.next()).toContain('<<<< a.json <<<<\n[]')
  writeFileSync(join(folder.path, 'list'), 'b.json\n')
  expect(outcomes(await watching.next())).toEqual(['fail'])
})

test('in a pipe each run is a stream of its own; an interrupt ends it with 130', async () => {
  using folder = tempFolder({ 'a.json': '{' })
  const script = `exec 3< <(exec lr-check --watch a.json); lr=$!
    while IFS= read -r -d '' -u 3 stream; do
      printf %s "$stream" | lr-blocks get outcome
      case $stream in *fail*) echo '{}' > a.json;; *) kill -INT $lr;; esac
    done
    wait $lr; echo "status $?"`
  const { stdout } = await bash(script, { cwd: folder.path })
  expect(stdout).toBe('fail\npass\nstatus 130\n')
})

test.skipIf(!hasProgram('script'))('a terminal is cleared, and gets no NUL (by script)', async () => {
  using folder = tempFolder({ 'a.json': '{}' })
  const inside = 'lr-check --watch a.json & until grep -q waiting log; do sleep 0.05; done; kill -INT $!; wait'
  await bash(`script -qefc '${inside}' log < /dev/null`, { cwd: folder.path })
  const log = readFileSync(join(folder.path, 'log'), 'utf8')
  expect(log).toMatch(/\x1b\[H\x1b\[2J\x1b\[3J<<<< a\.json <<<<\r\n[^]*lr-check: pass; waiting for changes/)
  expect(log).not.toContain('\0')
})

test.each([[['-'], 'lr-check: --watch: name the sources (standard input can only be read once)\n']])(
  '%j is wrong from the start',
  async (args, complaint) => {
    using folder = tempFolder()
    const { status, stderr } = await run('lr-check', ['--watch', ...args], { cwd: folder.path })
    expect({ status, stderr }).toEqual({ status: 2, stderr: complaint })
  },
)
