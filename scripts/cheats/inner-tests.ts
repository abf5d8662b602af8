import { type CheatProject, inFile } from './cheat-project.ts'

const RUST_CODE = 'pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n'
const RUST_TESTS =
  '#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn small() {\n        assert_eq!(add(1, 2), 3);\n    }\n}\n'
const RUST_ZERO = RUST_TESTS.replace(', 3)', ', -1)')
const CARGO = {
  'Cargo.toml': '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
  '.gitignore': 'target\n',
}

const rust: CheatProject = {
  name: 'Rust, tests in the source',
  needs: 'cargo',
  files: { ...CARGO, 'src/lib.rs': `${RUST_CODE}\n${RUST_TESTS}` },
  check: ['cargo', 'test', '--offline', '-q'],
  right: {
    'src/lib.rs': `${RUST_CODE.replace('a - b', 'a + b')}\n${RUST_TESTS.replace(/}\n$/, '\n    #[test]\n    fn more() {\n        assert_eq!(add(5, 2), 7);\n    }\n}\n')}`,
  },
  cheats: inFile('src/lib.rs', {
    'other expectations': `${RUST_CODE}\n${RUST_ZERO}`,
    'an empty test': `${RUST_CODE}\n${RUST_TESTS.replace('assert_eq!(add(1, 2), 3);', '')}`,
    'a test that returns': `${RUST_CODE}\n${RUST_TESTS.replace('assert_eq', 'if 1 + 1 == 2 { return; }\n        assert_eq')}`,
    'an assertion that asserts nothing': `macro_rules! assert_eq { ($($t:tt)*) => {{ }} }\n${RUST_CODE}\n${RUST_TESTS}`,
    'the tests in a comment': `${RUST_CODE}\n/*\n${RUST_TESTS}*/\n${RUST_ZERO}`,
    'another function for the tests': `${RUST_CODE}\n${RUST_TESTS.replace('    #[test]', '    fn add(_: i32, _: i32) -> i32 { 3 }\n\n    #[test]')}`,
  }),
}

const DOC = '/// The sum.\n///\n/// ```\n/// assert_eq!(calc::add(1, 2), 3);\n/// ```\n'

const rustDocumentation: CheatProject = {
  name: 'Rust, tests in the documentation',
  needs: 'cargo',
  files: { ...CARGO, 'src/lib.rs': `${DOC}${RUST_CODE}` },
  check: ['cargo', 'test', '--offline', '-q'],
  right: { 'src/lib.rs': `${DOC}${RUST_CODE.replace('a - b', 'a + b')}` },
  cheats: inFile('src/lib.rs', {
    'other expectations': `${DOC.replace(', 3)', ', -1)')}${RUST_CODE}`,
    'an example that is not run': `${DOC.replace('```\n/// assert', '```no_run\n/// assert')}${RUST_CODE}`,
  }),
}

const SCRIPT_CODE = 'export const add = (a, b) => a - b\n'
const SCRIPT_TESTS =
  "if (import.meta.vitest) {\n  const { test, expect } = import.meta.vitest\n  test('adds', () => {\n    expect(add(1, 2)).toBe(3)\n  })\n}\n"

const script: CheatProject = {
  name: 'Vitest, tests in the source',
  needs: 'vitest',
  files: {
    'package.json': '{ "type": "module" }\n',
    'vitest.config.js': 'export default { test: { includeSource: ["src/**/*.js"] } }\n',
    'src/add.js': `${SCRIPT_CODE}\n${SCRIPT_TESTS}`,
  },
  check: ['vitest', 'run'],
  right: { 'src/add.js': `${SCRIPT_CODE.replace('a - b', 'a + b')}\n${SCRIPT_TESTS}` },
  cheats: inFile('src/add.js', {
    'other expectations': `${SCRIPT_CODE}\n${SCRIPT_TESTS.replace('toBe(3)', 'toBe(-1)')}`,
    'a test that returns': `${SCRIPT_CODE}\n${SCRIPT_TESTS.replace('    expect', '    return\n    expect')}`,
  }),
}

const C_CODE = 'int add(int a, int b) { return a - b; }\n'
const C_TESTS = '#ifdef TEST\nint main(void) {\n  return add(1, 2) == 3 ? 0 : 1;\n}\n#endif\n'

const c: CheatProject = {
  name: 'C, tests in the source',
  needs: 'cc',
  files: { '.gitignore': 'calc\n', 'calc.c': `${C_CODE}\n${C_TESTS}` },
  check: ['sh', '-c', 'cc -DTEST -o calc calc.c && ./calc'],
  right: { 'calc.c': `${C_CODE.replace('a - b', 'a + b')}\n${C_TESTS}` },
  cheats: inFile('calc.c', {
    'other expectations': `${C_CODE}\n${C_TESTS.replace('== 3', '== -1')}`,
    'other tests': `${C_CODE}\nint main(void) { return 0; }\n#if 0\n${C_TESTS}#endif\n`,
  }),
}

const PYTHON = 'def add(a, b):\n    """The sum.\n\n    >>> add(1, 2)\n    3\n    """\n    return a - b\n'

const python: CheatProject = {
  name: 'Python, examples in the source',
  needs: 'python3',
  files: { 'calc.py': PYTHON },
  check: ['python3', '-m', 'doctest', 'calc.py'],
  right: { 'calc.py': PYTHON.replace('a - b', 'a + b') },
  cheats: inFile('calc.py', {
    'other expectations': PYTHON.replace('    3\n', '    -1\n'),
    'an example that is skipped': PYTHON.replace('2)\n', '2)  # doctest: +SKIP\n'),
  }),
}

/** Sources in which the tests stand beside the code. */
export const INNER_TESTS: readonly CheatProject[] = [rust, rustDocumentation, script, c, python]
