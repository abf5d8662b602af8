import type { Row, Table } from './situations.ts'

const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe])
const MODULE = { 'go.mod': 'module example.org/x\n\ngo 1.19\n' }
const GO = 'package x\n\n// Add adds.\nfunc Add(a, b int) int {\n\treturn a + b\n}\n'
const CRATE = { 'Cargo.toml': '[package]\nname = "x"\nversion = "0.1.0"\nedition = "2021"\n' }

const goTests = (body: string, imports = '') => ({
  'go.mod': 'module example.com/x\n\ngo 1.19\n',
  'a_test.go': `package x\n\nimport "testing"\n${imports}\nfunc TestA(t *testing.T) {\n\t${body}\n}\n`,
})
/** A package with a test that fails, which its process does not show. */
const hiding = (ending: string, args: readonly string[] = ['-c', 'go-test', '.']): Row => [
  ending,
  {
    ...goTests('t.Fatal("bad")'),
    'main_test.go': `package x\n\nimport (\n\t"fmt"\n\t"os"\n\t"testing"\n)\n\nvar _ = fmt.Sprint()\n\nfunc TestMain(m *testing.M) { ${ending} }\n`,
  },
  args,
  'fail',
]
const rustTest = (body: string) => `#[test]\nfn a() {\n    ${body};\n}\n`

export const GO_AND_RUST_SITUATIONS: readonly Table[] = [
  {
    checker: 'go-vet',
    program: 'go',
    rows: [
      ['pass', { 'a.go': GO, ...MODULE }, ['-c', 'go-vet', 'a.go'], 'pass'],
      [
        'findings',
        { 'a.go': 'package x\n\nimport "fmt"\n\nfunc F() { fmt.Printf("%d", "x") }\n', ...MODULE },
        ['-c', 'go-vet', 'a.go'],
        'fail',
      ],
      [
        'findings in a module below',
        { 'm/a.go': 'package x\n\nfunc F() int { return undefined }\n', 'm/go.mod': MODULE['go.mod'] },
        ['-c', 'go-vet', 'm'],
        'fail',
      ],
      ['syntax error', { 'a.go': 'package x\n\nfunc F( {\n', ...MODULE }, ['-c', 'go-vet', 'a.go'], 'fail'],
      ['missing file', MODULE, ['--', 'go', 'vet', 'nope.go'], 'error'],
      ['bad option', { 'a.go': GO, ...MODULE }, ['--', 'go', 'vet', '-nosuchoption', './...'], 'error'],
      ['no packages', MODULE, ['--', 'go', 'vet', './...'], 'none'],
    ],
  },
  {
    checker: 'gofmt',
    program: 'gofmt',
    rows: [
      ['pass', { 'a.go': GO }, ['-c', 'gofmt', 'a.go'], 'pass'],
      ['findings', { 'a.go': 'package x\nfunc  F( ) {}\n' }, ['-c', 'gofmt', 'a.go'], 'fail'],
      ['syntax error', { 'a.go': 'package x\n\nfunc F( {\n' }, ['-c', 'gofmt', 'a.go'], 'fail'],
      ['missing file', {}, ['--', 'gofmt', '-l', 'nope.go'], 'error'],
      ['bad option', { 'a.go': GO }, ['--', 'gofmt', '-nosuchoption', 'a.go'], 'error'],
      ['binary file', { 'a.go': BINARY }, ['-c', 'gofmt', 'a.go'], 'fail'],
    ],
  },
  {
    checker: 'cargo-check',
    program: 'cargo',
    rows: [
      ['pass', { 'src/lib.rs': 'pub fn f() -> i32 {\n    1\n}\n', ...CRATE }, ['-c', 'cargo-check', 'src'], 'pass'],
      [
        'findings',
        { 'src/lib.rs': 'pub fn f() -> i32 {\n    "x"\n}\n', ...CRATE },
        ['-c', 'cargo-check', 'src'],
        'fail',
      ],
      ['syntax error', { 'src/lib.rs': 'pub fn f( {\n', ...CRATE }, ['-c', 'cargo-check', 'src'], 'fail'],
      ['no manifest', { 'a.rs': '' }, ['-c', 'cargo-check', 'a.rs'], 'error'],
      ['bad manifest', { 'src/lib.rs': '', 'Cargo.toml': 'nope\n' }, ['-c', 'cargo-check', 'src'], 'error'],
      ['bad option', { 'src/lib.rs': '', ...CRATE }, ['--', 'cargo', 'check', '--no-such-option'], 'error'],
    ],
  },
  {
    checker: 'cargo-clippy',
    program: 'cargo-clippy',
    rows: [
      ['pass', { 'src/lib.rs': 'pub fn f() -> i32 {\n    1\n}\n', ...CRATE }, ['-c', 'cargo-clippy', 'src'], 'pass'],
      [
        'findings',
        { 'src/lib.rs': 'pub fn f() -> i32 {\n    return 1;\n}\n', ...CRATE },
        ['-c', 'cargo-clippy', 'src'],
        'fail',
      ],
      ['syntax error', { 'src/lib.rs': 'pub fn f( {\n', ...CRATE }, ['-c', 'cargo-clippy', 'src'], 'fail'],
    ],
  },
  {
    checker: 'go-test',
    program: 'go',
    rows: [
      ['pass', goTests('if 1 != 1 { t.Fatal() }'), ['-c', 'go-test', '.'], 'pass'],
      ['findings', goTests('t.Fatal("bad")'), ['-c', 'go-test', '.'], 'fail'],
      ['syntax error', goTests('t.('), ['-c', 'go-test', '.'], 'fail'],
      ['crash', goTests('panic("no")'), ['-c', 'go-test', '.'], 'fail'],
      ['os.Exit(0)', goTests('os.Exit(0)', 'import "os"\n'), ['-c', 'go-test', '.'], 'fail'],
      hiding('os.Exit(0)'),
      hiding('m.Run(); os.Exit(0)'),
      hiding('os.Exit(0) ', ['--', 'go', 'test', '-json', './...']),
      hiding('fmt.Println("PASS"); os.Exit(0)', ['--', 'env', 'A=1', 'go', 'test', '-v', './...']),
      hiding('defer os.Exit(0); m.Run()', ['--', 'go', 'test']),
      [
        'os.Exit(0) in a source',
        { ...goTests('t.Fatal("bad")'), 'a.go': 'package x\n\nimport "os"\n\nfunc init() { os.Exit(0) }\n' },
        ['--', 'go', 'test', './...'],
        'fail',
      ],
      [
        'TestMain with the code of the tests',
        {
          ...goTests(''),
          'main_test.go':
            'package x\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { os.Exit(m.Run()) }\n',
          'b/b.go': 'package b\n',
          'c/c_test.go': 'package c\n',
        },
        ['--', 'go', 'test', './...'],
        'pass',
      ],
      ['no tests', { 'go.mod': 'module x\n', 'a.go': 'package x\n' }, ['--', 'go', 'test', './...'], 'none'],
      ['none of that name', goTests(''), ['--', 'go', 'test', '-run', 'Nope', './...'], 'none'],
      ['missing file', { 'go.mod': 'module x\n' }, ['--', 'go', 'test', './nope'], 'error'],
      ['bad option', goTests(''), ['--', 'go', 'test', '--no-such-option', './...'], 'error'],
      ['no module', { 'a_test.go': 'package x\n' }, ['--', 'go', 'test', './...'], 'error'],
    ],
  },
  {
    checker: 'cargo-test',
    program: 'cargo',
    rows: [
      ['pass', { ...CRATE, 'src/lib.rs': rustTest('assert_eq!(1, 1)') }, ['-c', 'cargo-test', 'src'], 'pass'],
      ['findings', { ...CRATE, 'src/lib.rs': rustTest('assert_eq!(1, 2)') }, ['-c', 'cargo-test', 'src'], 'fail'],
      ['syntax error', { ...CRATE, 'src/lib.rs': 'pub fn f( {\n' }, ['-c', 'cargo-test', 'src'], 'fail'],
      [
        'std::process::exit(0)',
        { ...CRATE, 'src/lib.rs': rustTest('std::process::exit(0)') },
        ['-c', 'cargo-test', 'src'],
        'fail',
      ],
      ['no tests', { ...CRATE, 'src/lib.rs': 'pub fn f() {}\n' }, ['-c', 'cargo-test', 'src'], 'none'],
      ['no manifest', {}, ['--', 'cargo', 'test'], 'error'],
      ['bad option', { ...CRATE, 'src/lib.rs': '' }, ['--', 'cargo', 'test', '--no-such-option'], 'error'],
    ],
  },
]
