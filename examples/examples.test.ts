import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bash } from '@loop-runner/cli-kit/testing'

const here = fileURLToPath(new URL('.', import.meta.url))
const examples = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())

test.each(examples.map(({ name }) => name))('%s prints its expected.txt', async (name) => {
  const { status, stdout, stderr } = await bash('./run.sh', { cwd: join(here, name) })
  expect({ status, stdout: withoutNames(stdout) }, stderr).toEqual({
    status: 0,
    stdout: readFileSync(join(here, name, 'expected.txt'), 'utf8'),
  })
})

/** What differs from run to run: commits, branches, folders. */
function withoutNames(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'COMMIT')
    .replaceAll(/lr\/\d{8}-\d{6}-?[\w-]*/g, 'BRANCH')
    .replaceAll(/\S*\/loop-runner-[a-z]+\.\w{6}/g, 'FOLDER')
}
