import { execaSync } from 'execa'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bash } from '@loop-runner/test-kit'

const here = fileURLToPath(new URL('./checkers', import.meta.url))
const languages = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())

/** Versions of a checker differ in their words and columns, not in the lines and in what they think of the whole. */
function placesIn(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => /^[\w+]+: [\w-]+: \w+$|^[^:]+:\d+(?=:)/.exec(line)?.[0] ?? ''))]
}

/** In an empty home rustup's programs find nothing. */
const env = { RUSTUP_HOME: `${homedir()}/.rustup`, CARGO_HOME: `${homedir()}/.cargo` }
/** A program may be on PATH without working. */
const broken = (name: string) => name === 'rust' && execaSync('cargo', ['--version'], { reject: false }).exitCode !== 0

test.each(languages.map(({ name }) => name).filter((name) => !broken(name)))(
  '%s: the mistake is found, where its checker is there',
  async (name) => {
    const { stdout, stderr } = await bash(`./run.sh '${name}'`, { cwd: here, env })
    const expected = readFileSync(`${here}/${name}/expected.txt`, 'utf8')
    if (/: missing\n/.test(stdout)) expect(stdout).toBe(`${expected.split(': fail\n')[0]}: missing\n`)
    else expect(placesIn(stdout), stderr).toEqual(placesIn(expected))
  },
)
