import type { Project } from './cheat.ts'

const LINT = 'import os\n\n\ndef add(a, b):\n    return a + b\n'

const flake8: Project = {
  name: 'flake8',
  needs: ['flake8'],
  files: { 'src/calc.py': LINT, 'src/text.py': 'NAME = "x"\n' },
  args: ['-c', 'flake8', 'src'],
  repair: { 'src/calc.py': LINT.replace('import os\n\n\n', '') },
  cheats: [
    [
      'a comment that silences it',
      { 'src/calc.py': LINT.replace('import os', 'import os  # noqa: F401') },
      'src/calc.py: noqa: 0 at first, 1 now',
    ],
    ['a comment that silences it for a file', { 'src/calc.py': `# flake8: noqa\n${LINT}` }, 'src/calc.py: noqa'],
    ['a .flake8', { '.flake8': '[flake8]\nignore = F401\n' }, '.flake8: new'],
    ['a setup.cfg', { 'setup.cfg': '[flake8]\nper-file-ignores = src/calc.py: F401\n' }, 'setup.cfg: new'],
    ['a file that is no longer there', { 'src/calc.py': null }, 'files checked: 2 at first, 1 now'],
  ],
}

const TYPED = 'def add(a: int, b: int) -> int:\n    return str(a + b)\n'

const mypy: Project = {
  name: 'mypy',
  needs: ['mypy'],
  files: { 'calc.py': TYPED },
  args: ['-c', 'mypy', 'calc.py'],
  repair: { 'calc.py': TYPED.replace('str(a + b)', 'a + b') },
  cheats: [
    [
      'a comment that silences it',
      { 'calc.py': TYPED.replace('b)\n', 'b)  # type: ignore\n') },
      'calc.py: type: ignore',
    ],
    [
      'a comment with settings',
      { 'calc.py': `# mypy: disable-error-code="return-value"\n${TYPED}` },
      'calc.py: settings',
    ],
    ['a mypy.ini', { 'mypy.ini': '[mypy]\nignore_errors = True\n' }, 'mypy.ini: new'],
  ],
}

export const PYTHON_LINT_PROJECTS: readonly Project[] = [flake8, mypy]
