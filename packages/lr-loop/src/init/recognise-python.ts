import { dirname } from 'node:path'
import type { Folder } from './folder.ts'
import { type TestCommand, testCommand } from './test-command.ts'

/** Names of files in which pytest finds tests. */
const PYTHON_TEST = /^(test_.*|.*_test)\.py$/
/** The command that runs a program in the environment of a project, by its lock file. */
const RUNNERS: Readonly<Record<string, string>> = { 'uv.lock': 'uv', 'poetry.lock': 'poetry', 'pdm.lock': 'pdm' }

function pythonTests({ files, list }: Folder): string[] {
  const inside = ['tests', 'test'].flatMap((folder) => list(folder).map((name) => `${folder}/${name}`))
  return [...inside, ...files].filter((path) => PYTHON_TEST.test(path.split('/').at(-1) ?? ''))
}

/** `python3 -m pytest` finds the modules of the folder, which `pytest` does only if the project is installed or configured for it. */
export function pytest(folder: Folder): TestCommand | undefined {
  const { files, read, list } = folder
  const configured =
    ['pytest.ini', 'conftest.py'].find((name) => files.includes(name)) ??
    (/^\[tool\.pytest/m.test(read('pyproject.toml')) ? 'pyproject.toml' : undefined) ??
    (/^\[tool:pytest\]/m.test(read('setup.cfg')) ? 'setup.cfg' : undefined)
  const because = configured ?? pythonTests(folder)[0]
  if (because === undefined) return undefined
  const own = ['.venv/bin', 'venv/bin'].find((place) => list(place).includes('pytest'))
  if (own !== undefined) return testCommand([`${own}/python`, '-m', 'pytest', '-q'], because)
  const bare = testCommand(['pytest', '-q'], because)
  const module = ['python3', '-m', 'pytest']
  const anywhere = { ...testCommand([...module, '-q'], because, [...module, '--version']), instead: bare }
  const lock = Object.keys(RUNNERS).find((name) => files.includes(name))
  if (lock === undefined) return anywhere
  const runner = [RUNNERS[lock] ?? '', 'run', 'python', '-m', 'pytest']
  return { ...testCommand([...runner, '-q'], lock), instead: anywhere }
}

/** Django finds tests in files of other names than pytest does, and needs its own settings. */
export function django({ files, read, list }: Folder): TestCommand | undefined {
  if (!files.includes('manage.py') || !/\bdjango\b/.test(read('manage.py'))) return undefined
  const own = ['.venv/bin/python', 'venv/bin/python'].find((path) => list(dirname(path)).includes('python'))
  const python = own ?? 'python3'
  const command = testCommand([python, 'manage.py', 'test'], 'manage.py', [python, '-c', 'import django'])
  return own === undefined ? { ...command, needs: 'django' } : command
}

export function unittest(folder: Folder): TestCommand | undefined {
  const because = pythonTests(folder).find((path) => /^\s*(import|from) unittest\b/m.test(folder.read(path)))
  return because === undefined ? undefined : testCommand(['python3', '-m', 'unittest', 'discover'], because)
}
