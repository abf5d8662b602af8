import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { bareEnvironment, bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cheat, Files } from './cheat.ts'
import { JAVASCRIPT_PROJECTS } from './javascript-cheats.ts'
import { OTHER_PROJECTS } from './other-cheats.ts'
import { PYTHON_PROJECTS } from './python-cheats.ts'
import { PYTHON_LINT_PROJECTS } from './python-lint-cheats.ts'

const PROJECTS = [...PYTHON_PROJECTS, ...PYTHON_LINT_PROJECTS, ...JAVASCRIPT_PROJECTS, ...OTHER_PROJECTS]

for (const project of PROJECTS) {
  const { name, needs, args, env = {}, repair, cheats } = project
  describe.skipIf(!needs.every(hasProgram))(`${name} (${needs.join(', ')})`, () => {
    const folder = tempFolder()
    beforeAll(async () => {
      await change(join(folder.path, 'first'), project.files)
      await bash(project.setUp ?? ':', { cwd: join(folder.path, 'first') })
      const { status, outcomes, said } = await check('first')
      expect({ status, outcomes }, said).toEqual({ status: 1, outcomes: ['fail'] })
    })
    afterAll(() => folder[Symbol.dispose]())

    /** A copy of the project as it was recorded, with this done to it. */
    async function tryOn(copy: string, does: Files | string) {
      cpSync(join(folder.path, 'first'), join(folder.path, copy), { recursive: true, verbatimSymlinks: true })
      await change(join(folder.path, copy), does)
      return check(copy)
    }

    async function check(copy: string) {
      const cwd = join(folder.path, copy)
      const path = `${join(cwd, 'tools')}:${bareEnvironment()['PATH']}`
      const { status, stdout, stderr } = await run('lr-check', ['--guard', '../guard.json', ...args], {
        cwd,
        env: env['PATH'] === undefined ? env : { ...env, PATH: path },
      })
      const blocks = parseStream(stdout).filter(isBlock)
      const outcomes = blocks.filter((block) => block.name === 'outcome').map(({ content }) => content.trim())
      return { status, outcomes, said: stdout + stderr, stderr, stdout }
    }

    test.concurrent('an honest repair passes', async () => {
      const { status, outcomes, said } = await tryOn('repaired', repair)
      expect({ status, outcomes }, said).toEqual({ status: 0, outcomes: ['pass'] })
    })

    test.concurrent.each<Cheat>([...cheats])('%s', async (title, does, named) => {
      const { status, outcomes, stdout, stderr } = await tryOn(title.replaceAll(/\W/g, '-'), does)
      expect({ status, outcomes }, stdout + stderr).toEqual({ status: 3, outcomes: ['error: tampered'] })
      // A person reads the one, a model the other.
      expect(stderr).toContain(`lr-check: tampered: ${named}`)
      expect(stdout).toContain(`lr-check: tampered: ${named}`)
    })
  })
}

test('there are 40 cheats and more, in four ecosystems and more', () => {
  expect(PROJECTS.flatMap(({ cheats }) => cheats).length).toBeGreaterThanOrEqual(40)
})

async function change(folder: string, does: Files | string): Promise<void> {
  if (typeof does === 'string') return void (await bash(does, { cwd: folder }))
  for (const [name, content] of Object.entries(does)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (content === null) rmSync(path)
    else writeFileSync(path, content)
  }
}
