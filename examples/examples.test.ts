import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bareEnvironment, bash, hasProgram, tempFolder } from '@loop-runner/test-kit'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here).filter((name) => existsSync(join(here, name, 'run.sh')))

/** What an example needs beyond Node, as its run.sh says it. */
const needsOf = (name: string) =>
  /\bNeeds: (.+)/.exec(readFileSync(join(here, name, 'run.sh'), 'utf8'))?.[1]?.split(' ') ?? []

/** The checks of the examples that repair a project, as a user would run them without Loop Runner. */
const CHECKS: Readonly<Record<string, string>> = {
  '01-repair': 'node --test',
  '06-python': 'pylint stock.py && pytest -q',
  '07-shell': 'shellcheck backup.sh',
  '08-data': `node -e 'const { dishes } = JSON.parse(fs.readFileSync("data/menu.json"))
    if (!dishes.every(({ cents }) => Number.isInteger(cents))) process.exit(1)'`,
  '09-document': `grep -q '^## Decision' report.md && ! grep TODO report.md && [ "$(wc -w < report.md)" -ge 60 ]`,
  '15-make': 'for file in data/*.json; do node -p "JSON.parse(fs.readFileSync(\'$file\'))" || exit; done',
}

describe.concurrent('an example', () => {
  for (const name of names) {
    const needs = needsOf(name)
    const title = needs.length === 0 ? name : `${name} (${needs.join(', ')})`
    test.skipIf(!needs.every(hasProgram))(`${title} prints its expected.txt`, async () => {
      using work = tempFolder()
      const { status, stdout, stderr } = await runExample(name, work.path)
      expect({ status, stdout: withoutNames(stdout) }, stderr).toEqual({
        status: 0,
        stdout: readFileSync(join(here, name, 'expected.txt'), 'utf8'),
      })
      const check = CHECKS[name]
      if (check === undefined) return
      const before = await bash(check, { cwd: copyOf(join(here, name, 'project'), join(work.path, 'before')) })
      const left = readdirSync(work.path).find((entry) => entry.startsWith('loop-runner-example')) ?? ''
      const after = await bash(check, { cwd: join(work.path, left) })
      expect({ before: before.status === 0, after: after.status }, after.stdout + after.stderr).toEqual({
        before: false,
        after: 0,
      })
    })

    // What it lacks, npm would fetch.
    if (needs.length === 0 || name === '10-typescript') continue
    test(`${name} says that ${needs.join(' or ')} is missing`, async () => {
      using work = tempFolder()
      const { status, stderr } = await runExample(name, work.path, { PATH: pathWithout(needs, work.path) })
      expect(status).toBe(3)
      expect(stderr).toMatch(new RegExp(`(?:${needs.join('|')}): .*not found`))
    })
  }
})

test('README.md has a row for every example', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const rows = [...readFileSync(join(here, 'README.md'), 'utf8').matchAll(/^\| .* \| `([\w-]+)` \|/gm)]
  expect(rows.map(([, name = '']) => name).toSorted()).toEqual(folders.map(({ name }) => name).toSorted())
})

test.skipIf(!hasProgram('shellcheck'))('every script is clean (shellcheck)', async () => {
  const { status, stdout } = await bash('shellcheck *.sh */*.sh */stages/*.sh', { cwd: here })
  expect(status, stdout).toBe(0)
})

/** Its folders are made in `work`, and its state is kept there. Linters may take the time that a slow machine needs. */
function runExample(name: string, work: string, env: Readonly<Record<string, string>> = {}) {
  const places = { TMPDIR: work, XDG_STATE_HOME: join(work, 'state'), XDG_CONFIG_HOME: join(work, 'config') }
  mkdirSync(join(work, 'config/loop-runner'), { recursive: true })
  writeFileSync(join(work, 'config/loop-runner/config.yaml'), 'check: { timeout: 10m }\n')
  return bash('./run.sh', { cwd: join(here, name), env: { ...places, ...env } })
}

/** PATH as it is, except for these programs: one folder of links to all others. */
function pathWithout(programs: readonly string[], work: string): string {
  const folder = join(work, 'bin')
  mkdirSync(folder)
  const found = new Map<string, string>()
  for (const place of (bareEnvironment()['PATH'] ?? '').split(':')) {
    for (const program of existsSync(place) ? readdirSync(place) : []) {
      if (!found.has(program)) found.set(program, join(place, program))
    }
  }
  for (const [program, file] of found) {
    if (!programs.some((name) => program.startsWith(name))) symlinkSync(file, join(folder, program))
  }
  return folder
}

function copyOf(from: string, to: string): string {
  cpSync(from, to, { recursive: true })
  return to
}

/** What differs from run to run: commits, runs, folders. */
function withoutNames(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'COMMIT')
    .replaceAll(/\bRun \d{8}-\d{9}-\w+/g, 'Run RUN')
    .replaceAll(/\S*\/loop-runner-example\.\w{6}/g, 'FOLDER')
}
