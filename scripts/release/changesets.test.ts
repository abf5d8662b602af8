import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CHANGE = '---\n"loop-runner": minor\n---\n\n`lr-loop` learns a trick.\n'

test.skipIf(!hasProgram('git'))('a described change goes into CHANGELOG.md and the version (git)', async () => {
  using folder = tempFolder({ '.changeset/trick.md': CHANGE })
  const at = (name: string) => join(folder.path, name)
  for (const name of ['package.json', 'CHANGELOG.md', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'])
    copyFileSync(join(ROOT, name), at(name))
  // Without the changes that are described already.
  cpSync(join(ROOT, '.changeset/config.json'), at('.changeset/config.json'))
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
  ])
    await run('git', args, { cwd: folder.path })
  const versionOf = () => (JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }).version
  const [major, minor = 0] = versionOf().split('.').map(Number)
  writeFileSync(at('.changeset/trick.md'), CHANGE)
  const ran = await run(join(ROOT, 'node_modules/.bin/changeset'), ['version'], { cwd: folder.path })
  expect(ran.status, ran.stderr).toBe(0)
  expect(versionOf()).toBe(`${major}.${minor + 1}.0`)
  expect(readFileSync(at('CHANGELOG.md'), 'utf8')).toContain(
    `# Changelog\n\n## ${major}.${minor + 1}.0\n\n### Minor Changes\n\n- \`lr-loop\` learns a trick.\n\n## ${major}.${minor}.`,
  )
})
