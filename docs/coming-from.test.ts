import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('coming-from.md', import.meta.url), 'utf8')

const files = Object.fromEntries(
  [...page.matchAll(/^```\w+ file=(\S+)\n([^]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]),
)

/** The rows of the tables: the command here, programs that it needs, and what it prints. */
const rows = page.split('\n').flatMap((line) => {
  const cells = line
    .replaceAll('\\|', '\0')
    .split('|')
    .map((cell) => cell.trim().replaceAll('\0', '|'))
  const [, command, needs = ''] = /^`(.+)`(?: \(needs (.+)\))?$/.exec(cells[2] ?? '') ?? []
  const [, prints = ''] = /^`(.+)`$/.exec(cells[3] ?? '') ?? []
  // Examples have tests of their own.
  if (command?.startsWith('examples/')) return []
  if (command === undefined) return []
  const programs = [...needs.split(', ').filter(Boolean), ...(command.includes('start-repository') ? ['git'] : [])]
  return [{ command, needs: programs, prints }]
})

test('the page has a row for each kind of use', () => {
  expect(rows.length).toBeGreaterThan(50)
})

for (const { command, needs, prints } of rows) {
  test.skipIf(!needs.every(hasProgram)).concurrent(`${command} prints ${prints}`, async () => {
    using folder = tempFolder(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`project/${name}`, text])),
    )
    const cwd = join(folder.path, 'project')
    for (const [name, text] of Object.entries(files)) if (text.startsWith('#!')) chmodSync(join(cwd, name), 0o755)
    const env = { XDG_STATE_HOME: join(folder.path, 'state'), TMPDIR: folder.path }
    const { status, stdout, stderr } = await bash(command, { cwd, env })
    expect(stdout + stderr).toContain(prints)
    expect([0, 1], stdout + stderr).toContain(status)
  })
}
