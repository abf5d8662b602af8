import { join } from 'node:path'
import type { Plan } from '@loop-runner/checkers'
import { readText } from '../read-text.ts'

/** Files by which pytest may be set to do so. */
const SETTINGS = ['pytest.toml', '.pytest.toml', 'pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg']

/** Whether a check runs the examples in the docstrings of its sources, as far as its command and the settings say. */
export function runsDoctests(plans: readonly Plan[], cwd: string): boolean {
  if (plans.some(({ argv }) => argv.some((word) => word.includes('doctest')))) return true
  return SETTINGS.some((name) => readText(join(cwd, name)).includes('doctest-modules'))
}
