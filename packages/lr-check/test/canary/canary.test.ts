import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { write } from '../support/guarded-tree.ts'
import { PYTHON_PROJECTS, SHELL_AND_PERL_PROJECTS } from './python-projects.ts'
import { SCRIPT_PROJECTS } from './script-projects.ts'
import type { Project } from './project.ts'

const PROJECTS: Readonly<Record<string, Project>> = {
  ...PYTHON_PROJECTS,
  ...SCRIPT_PROJECTS,
  ...SHELL_AND_PERL_PROJECTS,
}

/** Packages that tests import. */
const INSTALLED = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

/** Records a guard, replaces a source, checks again. */
async function confirm({ files, source, check }: Project, content: string, args = ['--canary']) {
  const folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, files)
  if (check[0] === 'vitest' && existsSync(INSTALLED)) symlinkSync(INSTALLED, join(cwd, 'node_modules'))
  const lrCheck = () => run('lr-check', ['--guard', '../guard.json', ...args, `src/${source}`, '--', ...check], { cwd })
  const first = await lrCheck()
  writeFileSync(join(cwd, 'src', source), content)
  const second = await lrCheck()
  return { cwd, first, second, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

describe.each(Object.entries(PROJECTS))('%s', (_, project) => {
  const { needs, files, right, bent } = project
  const isAbsent = !hasProgram(needs)

  test.skipIf(isAbsent)(`an honest repair passes (needs ${needs})`, async () => {
    using tried = await confirm(project, right)
    expect(tried.first.status, tried.first.stdout + tried.first.stderr).toBe(1)
    expect(tried.second.status, tried.second.stdout + tried.second.stderr).toBe(0)
  })

  test.skipIf(isAbsent).each(sampleOf(Object.entries(bent), 2))(
    `bent code does not pass: %s (needs ${needs})`,
    async (_, [content, line]) => {
      using tried = await confirm(project, content)
      expect(tried.first.status, tried.first.stdout + tried.first.stderr).toBe(1)
      expect(tried.second.status, tried.second.stdout + tried.second.stderr).toBe(3)
      expect(tried.second.stderr).toContain(line)
      const test = Object.keys(files).find((name) => /test|\.bats|\.t$/.test(name)) ?? ''
      expect(readFileSync(join(tried.cwd, test), 'utf8')).toBe(files[test])
      expect(readdirSync(join(tried.cwd, '..')).sort()).toEqual(['guard.json', 'tree'])
    },
  )
})

describe('a pass is tried once more with tests that must fail', () => {
  const { 'node:test': node, pytest } = PROJECTS

  test('without --canary the bent runner is believed', async () => {
    if (!node) throw new Error('no project')
    using tried = await confirm(node, node.bent['assertions that assert nothing']?.[0] ?? '', [])
    expect(tried.second.status).toBe(0)
  })

  test.skipIf(!hasProgram('python3 -m pytest'))('a selection of tests leaves the added one out', async () => {
    if (!pytest) throw new Error('no project')
    using tried = await confirm({ ...pytest, check: [...pytest.check, '-k', 'add'] }, pytest.right)
    expect(tried.second.status, tried.second.stderr).toBe(0)
  })

  test.skipIf(!hasProgram('python3 -m pytest'))('the end at the first failure leaves the added one out', async () => {
    if (!pytest) throw new Error('no project')
    using tried = await confirm({ ...pytest, check: [...pytest.check, '-x'] }, pytest.right)
    expect(tried.second.status, tried.second.stderr).toBe(0)
  })

  test.skipIf(!hasProgram('npm'))('what the check builds is built in the copy', async () => {
    if (!node) throw new Error('no project')
    const scripts = { pretest: 'cp src/*.js build/', test: 'node --test build/' }
    const files = {
      ...node.files,
      'package.json': JSON.stringify({ type: 'module', scripts }),
      '.gitignore': 'build/\n',
      'build/add.js': '',
    }
    using tried = await confirm({ ...node, files, check: ['npm', 'test'] }, node.right)
    expect(tried.second.status, tried.second.stdout + tried.second.stderr).toBe(0)
    expect(readFileSync(join(tried.cwd, 'build/add.test.js'), 'utf8')).toBe(node.files['src/add.test.js'])
  })
})
