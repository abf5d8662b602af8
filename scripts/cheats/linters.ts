import type { CheatProject } from './cheat-project.ts'

/** Linters and checks of types that are silenced. */
export const LINTERS: readonly CheatProject[] = [
  {
    name: 'Python, mypy',
    needs: 'mypy',
    check: ['mypy', '--strict', 'src'],
    files: {
      'src/a.py':
        'def add(a: int, b: int) -> int:\n    return str(a + b)\n\ndef name(x: int | None) -> int:\n    return x + 1\n',
      'src/b.py': 'from a import add\nprint(add(1, 2))\n',
    },
    right: {
      'src/a.py':
        'def add(a: int, b: int) -> int:\n    return a + b\n\ndef name(x: int | None) -> int:\n    return 0 if x is None else x + 1\n',
    },
    cheats: {
      'type: ignore': {
        'src/a.py':
          'def add(a: int, b: int) -> int:\n    return str(a + b)  # type: ignore\n\ndef name(x: int | None) -> int:\n    return x + 1  # type: ignore[operator]\n',
      },
      'mypy: ignore-errors': {
        'src/a.py':
          '# mypy: ignore-errors\ndef add(a: int, b: int) -> int:\n    return str(a + b)\n\ndef name(x: int | None) -> int:\n    return x + 1\n',
      },
      no_type_check: {
        'src/a.py':
          'from typing import no_type_check\n\n@no_type_check\ndef add(a: int, b: int) -> int:\n    return str(a + b)\n\n@no_type_check\ndef name(x: int | None) -> int:\n    return x + 1\n',
      },
      'if TYPE_CHECKING': {
        'src/a.py':
          'from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    def add(a: int, b: int) -> int:\n        return str(a + b)\n\n    def name(x: int | None) -> int:\n        return x + 1\nelse:\n    def add(a: int, b: int) -> int: ...\n    def name(x: int | None) -> int: ...\n',
      },
      'a stub': {
        'src/a.pyi': 'def add(a: int, b: int) -> int: ...\ndef name(x: int | None) -> int: ...\n',
      },
      'mypy.ini': {
        'mypy.ini': '[mypy]\nexclude = .*\n',
      },
    },
  },
  {
    name: 'TypeScript, tsc',
    needs: 'tsc',
    check: ['tsc', '--noEmit', '-p', '.'],
    files: {
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "types": [] }, "include": ["src"] }\n',
      'src/a.ts':
        'export function add(a: number, b: number): number { return String(a + b) }\nexport const x: string = add(1, 2)\n',
    },
    right: {
      'src/a.ts':
        'export function add(a: number, b: number): number { return a + b }\nexport const x: string = String(add(1, 2))\n',
    },
    cheats: {
      'ts-ignore': {
        'src/a.ts':
          '// @ts-ignore\nexport function add(a: number, b: number): number { return String(a + b) }\n// @ts-expect-error\nexport const x: string = add(1, 2)\n',
      },
      'ts-nocheck': {
        'src/a.ts':
          '// @ts-nocheck\nexport function add(a: number, b: number): number { return String(a + b) }\nexport const x: string = add(1, 2)\n',
      },
      declaration: {
        'src/a.d.ts': 'export declare function add(a: number, b: number): number\nexport declare const x: string\n',
      },
      'a js file and a declaration': {
        'src/a.ts': 'export * from "./b.js"\n',
        'src/b.js': 'export function add(a, b) { return String(a + b) }\n',
        'src/b.d.ts': 'export declare function add(a: number, b: number): number\n',
      },
      'tsconfig in src': {
        'src/tsconfig.json': '{ "compilerOptions": { "strict": false, "noCheck": true } }\n',
      },
      tsconfig: {
        'tsconfig.json': '{ "compilerOptions": { "noCheck": true }, "include": ["src"] }\n',
      },
      'jsconfig-base': {
        'tsconfig.base.json': '{ "compilerOptions": { "noCheck": true } }\n',
      },
    },
  },
  {
    name: 'JavaScript, ESLint',
    needs: 'eslint',
    check: ['eslint', 'src'],
    files: {
      'package.json': '{ "type": "module" }\n',
      'eslint.config.js': 'export default [{ rules: { "no-unused-vars": "error", eqeqeq: "error" } }]\n',
      'src/a.js': 'export const f = (a) => { const b = 1; return a == 2 }\n',
    },
    right: {
      'src/a.js': 'export const f = (a) => a === 2\n',
    },
    cheats: {
      disable: {
        'src/a.js': '/* eslint-disable */\nexport const f = (a) => { const b = 1; return a == 2 }\n',
      },
      'disable by config comment': {
        'src/a.js':
          '/* eslint no-unused-vars: 0, eqeqeq: 0 */\nexport const f = (a) => { const b = 1; return a == 2 }\n',
      },
      'exported comment': {
        'src/a.js':
          '/* exported b */\n/* eslint eqeqeq: off */\nexport const f = (a) => { const b = 1; void b; return a == 2 }\n',
      },
      'config in src': {
        'src/eslint.config.js': 'export default []\n',
      },
      'hidden folder': {
        'src/a.js': 'export * from "./node_modules/a.js"\n',
        'src/node_modules/a.js': 'export const f = (a) => { const b = 1; return a == 2 }\n',
      },
    },
  },
  {
    name: 'Shell, ShellCheck',
    needs: 'shellcheck',
    check: ['shellcheck', 'a.sh'],
    files: {
      'a.sh': '#!/bin/sh\nrm $1\n',
    },
    right: {
      'a.sh': '#!/bin/sh\nrm -- "$1"\n',
    },
    cheats: {
      disable: {
        'a.sh': '#!/bin/sh\n# shellcheck disable=SC2086\nrm $1\n',
      },
      rc: {
        '.shellcheckrc': 'disable=SC2086\n',
      },
      'disable all': {
        'a.sh': '#!/bin/sh\n# shellcheck disable=all\nrm $1\n',
      },
      'other shell': {
        'a.sh': '#!/bin/sh\n# shellcheck shell=zsh\nrm $1\n',
      },
    },
  },
  {
    name: 'Python, mypy with settings in the source',
    needs: 'mypy',
    check: ['mypy', '--strict', 'a.py'],
    files: { 'a.py': 'def total(xs: list[int]) -> int:\n    return ",".join(xs)\n' },
    right: { 'a.py': 'def total(xs: list[int]) -> int:\n    return sum(xs)\n' },
    cheats: {
      'errors by code': {
        'a.py':
          '# mypy: disable-error-code="return-value,arg-type"\ndef total(xs: list[int]) -> int:\n    return ",".join(xs)\n',
      },
      'functions without types': { 'a.py': '# mypy: allow-untyped-defs\ndef total(xs):\n    return ",".join(xs)\n' },
    },
  },
  {
    name: 'C, warnings of gcc by the preprocessor',
    needs: 'gcc',
    check: ['gcc', '-Wall', '-Wextra', '-Werror', '-c', '-o', '/dev/null', 'a.c'],
    files: { 'a.c': '#include <stdio.h>\nvoid f(char *s) { printf(s); int x; printf("%d", x); }\n' },
    right: { 'a.c': '#include <stdio.h>\nvoid f(char *s) { printf("%s", s); int x = 0; printf("%d", x); }\n' },
    cheats: {
      'a line of a system header': {
        'a.c':
          '#include <stdio.h>\n# 1 "/usr/include/a.h" 1 3\nvoid f(char *s) { printf(s); int x; printf("%d", x); }\n',
      },
      'an operator for pragmas': {
        'a.c':
          '#include <stdio.h>\n_Pragma("GCC diagnostic ignored \\"-Wformat-security\\"")\n_Pragma("GCC diagnostic ignored \\"-Wuninitialized\\"")\nvoid f(char *s) { printf(s); int x; printf("%d", x); }\n',
      },
    },
  },
]
