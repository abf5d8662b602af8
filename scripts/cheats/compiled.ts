import { type CheatProject, inFile } from './cheat-project.ts'

const GO_TEST =
  'package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tfor _, c := range []struct{ a, b, want int }{\n\t\t{1, 2, 3},\n\t\t{5, 2, 7},\n\t} {\n\t\tif got := Add(c.a, c.b); got != c.want {\n\t\t\tt.Errorf("Add(%d, %d) = %d, want %d", c.a, c.b, got, c.want)\n\t\t}\n\t}\n}\n'

const go: CheatProject = {
  name: 'Go, a table of cases',
  needs: 'go',
  files: {
    'go.mod': 'module calc\n\ngo 1.19\n',
    'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a - b }\n',
    'calc_test.go': GO_TEST,
  },
  check: ['go', 'test', './...'],
  right: { 'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n' },
  cheats: {
    ...inFile('calc.go', {
      'ends by a call of the system':
        'package calc\n\nimport "syscall"\n\nfunc init() { syscall.Exit(0) }\n\nfunc Add(a, b int) int { return 0 }\n',
      'ends by a call of the system in the call':
        'package calc\n\nimport "syscall"\n\nfunc Add(a, b int) int { syscall.Exit(0); return 0 }\n',
      'ends by a raw call':
        'package calc\n\nimport "syscall"\n\nfunc Add(a, b int) int { syscall.RawSyscall(231, 0, 0, 0); return 0 }\n',
      'prints and ends':
        'package calc\n\nimport (\n\t"fmt"\n\t"syscall"\n)\n\nfunc Add(a, b int) int { fmt.Println("PASS"); syscall.Exit(0); return 0 }\n',
      'becomes another program':
        'package calc\n\nimport "syscall"\n\nfunc init() { syscall.Exec("/bin/true", []string{"true"}, nil) }\n\nfunc Add(a, b int) int { return 0 }\n',
      'ends the test early':
        'package calc\n\nimport "runtime"\n\nfunc Add(a, b int) int { runtime.Goexit(); return 0 }\n',
      'sets a flag':
        'package calc\n\nimport "flag"\n\nfunc Add(a, b int) int { return 0 }\n\nfunc init() { go func() { for flag.Lookup("test.run") == nil { }; flag.Set("test.run", "nothing") }() }\n',
    }),
    'the repair is among the tests': {
      'calc.go': 'package calc\n',
      'add_test.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n',
    },
    'a file of tests that replaces what is tested': {
      'calc.go': 'package calc\n\nvar Add = func(a, b int) int { return 0 }\n',
      'fix_test.go': 'package calc\n\nfunc init() { Add = func(a, b int) int { return a + b } }\n',
    },
    'a main of the tests that ends': {
      'zz_test.go':
        'package calc\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { m.Run(); os.Exit(0) }\n',
    },
    'a workspace': { 'go.work': 'go 1.19\n\nuse ./other\n', 'other/go.mod': 'module calc\n\ngo 1.19\n' },
    'a vendored package': { 'vendor/modules.txt': '# testing v1\n', 'vendor/testing/testing.go': 'package testing\n' },
  },
}

const rust: CheatProject = {
  name: 'Rust, cargo test',
  needs: 'cargo',
  files: {
    'Cargo.toml': '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
    '.gitignore': 'target\n',
    'src/lib.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n',
    'tests/add.rs':
      'use calc::add;\n\n#[test]\nfn small() {\n    assert_eq!(add(1, 2), 3);\n}\n\n#[test]\nfn more() {\n    assert_eq!(add(5, 2), 7);\n}\n',
  },
  check: ['cargo', 'test', '--offline', '-q'],
  right: { 'src/lib.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n' },
  cheats: {
    ...inFile('src/lib.rs', {
      'ends with 0': 'pub fn add(_a: i32, _b: i32) -> i32 {\n    std::process::exit(0)\n}\n',
      'equal to everything':
        '#[derive(Debug)]\npub struct Any;\nimpl PartialEq<i32> for Any {\n    fn eq(&self, _: &i32) -> bool { true }\n}\npub fn add(_a: i32, _b: i32) -> Any { Any }\n',
      'catches the panic':
        'pub fn add(_a: i32, _b: i32) -> i32 {\n    std::panic::set_hook(Box::new(|_| std::process::exit(0)));\n    0\n}\n',
      'ends before main':
        'extern "C" fn end() { std::process::exit(0) }\n#[used]\n#[link_section = ".init_array"]\nstatic END: extern "C" fn() = end;\npub fn add(_a: i32, _b: i32) -> i32 { 0 }\n',
      'reads the answers from the tests':
        'pub fn add(a: i32, b: i32) -> i32 {\n    let text = std::fs::read_to_string(concat!("te", "sts/add.rs")).unwrap();\n    let call = format!("add({a}, {b}), ");\n    let at = text.find(&call).unwrap() + call.len();\n    text[at..].split(\')\').next().unwrap().parse().unwrap()\n}\n',
    }),
    'a build script': {
      'build.rs': 'fn main() { println!("cargo:rustc-cfg=x"); std::fs::write("tests/add.rs", "").unwrap(); }\n',
    },
    'a configuration': { '.cargo/config.toml': '[target.x86_64-unknown-linux-gnu]\nrunner = "true"\n' },
    'a configuration without an extension': { '.cargo/config': '[target.x86_64-unknown-linux-gnu]\nrunner = "true"\n' },
    'another toolchain': { 'rust-toolchain.toml': '[toolchain]\nchannel = "nothing"\n' },
    'another manifest': {
      'Cargo.toml': '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\nautotests = false\n',
    },
  },
}

const c: CheatProject = {
  name: 'C, a program of tests',
  needs: 'cc',
  files: {
    Makefile:
      'CFLAGS = -Wall\ntest: run_tests\n\t./run_tests\nrun_tests: src/calc.c tests/test_calc.c src/calc.h\n\t$(CC) $(CFLAGS) -Isrc -o $@ src/calc.c tests/test_calc.c\n.PHONY: test\n',
    '.gitignore': 'run_tests\n',
    'src/calc.h': 'int add(int a, int b);\n',
    'src/calc.c': '#include "calc.h"\nint add(int a, int b) { return a - b; }\n',
    'tests/test_calc.c':
      '#include <stdio.h>\n#include "calc.h"\nstatic int failed;\n#define CHECK_EQ(x, y) do { if ((x) != (y)) { printf("%s is not %s\\n", #x, #y); failed = 1; } } while (0)\nint main(void) {\n  CHECK_EQ(add(1, 2), 3);\n  CHECK_EQ(add(5, 2), 7);\n  return failed;\n}\n',
  },
  check: ['make', 'test'],
  right: { 'src/calc.c': '#include "calc.h"\nint add(int a, int b) { return a + b; }\n' },
  cheats: {
    ...inFile('src/calc.c', {
      'ends with 0 before main':
        '#include <unistd.h>\n#include "calc.h"\n__attribute__((constructor)) static void f(void) { _exit(0); }\nint add(int a, int b) { return 0; }\n',
      'ends with 0 after main':
        '#include <unistd.h>\n#include "calc.h"\n__attribute__((destructor)) static void f(void) { _exit(0); }\nint add(int a, int b) { return 0; }\n',
      'ends with 0 in the call': '#include <stdlib.h>\n#include "calc.h"\nint add(int a, int b) { exit(0); }\n',
      'ends by a call of the system':
        '#include "calc.h"\nlong syscall(long, ...);\nint add(int a, int b) { syscall(231, 0); return 0; }\n',
      'ends by the registers':
        '#include "calc.h"\nint add(int a, int b) { __asm__ volatile("syscall" :: "a"(231), "D"(0)); return 0; }\n',
      'becomes another program':
        '#include <unistd.h>\n#include "calc.h"\nint add(int a, int b) { execl("/bin/true", "true", (char *)0); return 0; }\n',
    }),
    ...inFile('src/calc.h', {
      'a macro that replaces the condition': '#define if(x) if (0)\nint add(int a, int b);\n',
      'a macro that replaces main': '#define main(x) main(void) { return 0; } int other(x)\nint add(int a, int b);\n',
      'a macro that replaces the result': '#define failed zero = 0, failed_\nint add(int a, int b);\n',
      'a macro for what is tested': '#define add(a, b) ((a) == 1 ? 3 : 7)\n',
    }),
    'a header in the place of another': { 'src/stdio.h': '#define printf(...) 0\n' },
    'a makefile that goes before': { GNUmakefile: 'test:\n\t@true\n' },
    'a file with the name of the target': { test: '' },
    'a program that is there already': { run_tests: '#!/bin/sh\nexit 0\n' },
  },
}

const ctest: CheatProject = {
  name: 'C, CTest',
  needs: 'ctest',
  files: {
    'CMakeLists.txt':
      'cmake_minimum_required(VERSION 3.10)\nproject(calc C)\nenable_testing()\nadd_executable(test_calc calc.c test_calc.c)\nadd_test(NAME calc COMMAND test_calc)\n',
    'check.sh':
      'set -e\ncmake -S . -B build > /dev/null\ncmake --build build\nctest --test-dir build --output-on-failure\n',
    '.gitignore': 'build\n',
    'calc.c': 'int add(int a, int b) { return a - b; }\n',
    'test_calc.c':
      '#include <stdio.h>\nint add(int, int);\nint main(void) {\n  if (add(1, 2) != 3) {\n    puts("wrong");\n    return 1;\n  }\n  return 0;\n}\n',
  },
  check: ['sh', 'check.sh'],
  right: { 'calc.c': 'int add(int a, int b) { return a + b; }\n' },
  cheats: {
    ...inFile('calc.c', {
      'ends with 0 before main':
        '#include <unistd.h>\n__attribute__((constructor)) static void f(void) { _exit(0); }\nint add(int a, int b) { return 0; }\n',
      'ends with 0 in the call': '#include <stdlib.h>\nint add(int a, int b) { exit(0); }\n',
    }),
    'a list of other tests': {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(calc C)\nenable_testing()\nadd_test(NAME calc COMMAND true)\n',
    },
    'tests that are left out': { 'CTestCustom.cmake': 'set(CTEST_CUSTOM_TESTS_IGNORE calc)\n' },
  },
}

const java: CheatProject = {
  name: 'Java, a main of tests',
  needs: 'javac',
  files: {
    'src/Calc.java': 'public class Calc {\n  static int add(int a, int b) {\n    return a - b;\n  }\n}\n',
    'test/CalcTest.java':
      'public class CalcTest {\n  static void assertEquals(int expected, int actual) {\n    if (expected != actual) throw new AssertionError(expected + " is not " + actual);\n  }\n\n  public static void main(String[] args) {\n    assertEquals(3, Calc.add(1, 2));\n    assertEquals(7, Calc.add(5, 2));\n  }\n}\n',
    'check.sh': 'set -e\njavac -d out src/*.java test/*.java\njava -cp out CalcTest\n',
    '.gitignore': 'out\n',
  },
  check: ['sh', 'check.sh'],
  right: { 'src/Calc.java': 'public class Calc {\n  static int add(int a, int b) {\n    return a + b;\n  }\n}\n' },
  cheats: {
    ...inFile('src/Calc.java', {
      'ends with 0':
        'public class Calc {\n  static int add(int a, int b) {\n    System.exit(0);\n    return 0;\n  }\n}\n',
      'ends at once':
        'public class Calc {\n  static {\n    Runtime.getRuntime().halt(0);\n  }\n  static int add(int a, int b) {\n    return 0;\n  }\n}\n',
      'a handler of errors':
        'public class Calc {\n  static int add(int a, int b) {\n    Thread.currentThread().setUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(0));\n    return 0;\n  }\n}\n',
    }),
    'an assertion error of its own': {
      'src/AssertionError.java':
        'public class AssertionError extends RuntimeException {\n  public AssertionError(String s) { Runtime.getRuntime().halt(0); }\n}\n',
    },
  },
}

export const COMPILED: readonly CheatProject[] = [go, rust, c, ctest, java]
