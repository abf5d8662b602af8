import { expect, test } from 'vitest'
import { findImports } from '../../src/imports/find-imports.ts'
import { readPackage } from '../../src/imports/javascript.ts'
import { PathIndex } from '../../src/imports/path-index.ts'

/** The file that imports, its text, the other files, and those that it imports. */
type Row = [string, string, string, string[], string[]]

const PYTHON: Row[] = [
  ['a module', 'tests/test_a.py', 'from src.a import f\n', ['src/a.py', 'src/b.py'], ['src/a.py']],
  ['a module below a folder', 'tests/test_a.py', 'import pkg.a as x, os\n', ['src/pkg/a.py', 'a.py'], ['src/pkg/a.py']],
  ['a package', 'tests/test_a.py', 'import pkg\n', ['src/pkg/__init__.py', 'src/pkg/a.py'], ['src/pkg/__init__.py']],
  [
    'a submodule',
    'tests/t.py',
    'from pkg import (a,\n  b as c)\n',
    ['pkg/a.py', 'pkg/b.py', 'pkg/d.py'],
    ['pkg/a.py', 'pkg/b.py'],
  ],
  [
    'a relative module',
    'pkg/sub/a.py',
    'from ..util import x\nfrom . import b\n',
    ['pkg/util.py', 'pkg/sub/b.py', 'util.py', 'b.py'],
    ['pkg/util.py', 'pkg/sub/b.py'],
  ],
  [
    'a relative package',
    'pkg/a.py',
    'from . import nothing\n',
    ['pkg/__init__.py', '__init__.py'],
    ['pkg/__init__.py'],
  ],
  ['a neighbour', 'tests/test_a.py', 'import helper\n', ['tests/helper.py'], ['tests/helper.py']],
]
const JAVASCRIPT: Row[] = [
  ['a relative path', 'test/a.test.js', "import f from '../src/a.js'\n", ['src/a.js', 'a.js'], ['src/a.js']],
  ['no extension', 'test/a.js', "const f = require('../src/a')\n", ['src/a.js', 'src/a.css'], ['src/a.js']],
  ['TypeScript by its built name', 'test/a.test.ts', "import { f } from '../src/a.js'\n", ['src/a.ts'], ['src/a.ts']],
  ['a folder', 'test/a.js', "require('../lib')\n", ['lib/index.js', 'lib/b.js'], ['lib/index.js']],
  ['the folder above', 'test/a.js', "var q = require('../')\n", ['index.js', 'lib/b.js'], ['index.js']],
  [
    'a package by its main',
    'test/a.js',
    'require("..")\n',
    ['lib/q.js', 'package.json={"name":"q","main":"./lib/q"}'],
    ['lib/q.js'],
  ],
  [
    'a package by its name',
    'test/a.mjs',
    "import q from 'q'\n",
    ['lib/q.mjs', 'package.json={"name":"q","exports":{".":{"import":"./lib/q.mjs"}}}'],
    ['lib/q.mjs'],
  ],
  [
    'a source by what is built of it',
    'test/a.ts',
    "import q from '..'\n",
    ['src/q.ts', 'package.json={"main":"dist/q.js"}'],
    ['src/q.ts'],
  ],
  [
    'a package of the workspace',
    'packages/a/a.test.ts',
    "import { b } from '@x/b'\n",
    ['packages/b/src/index.ts', 'packages/b/package.json={"name":"@x/b"}'],
    ['packages/b/src/index.ts'],
  ],
  [
    'what is exported again',
    'index.ts',
    "export * from './a'\nexport { b } from './b/b'\n",
    ['a.ts', 'b/b.ts', 'c.ts'],
    ['a.ts', 'b/b.ts'],
  ],
  ['at run time', 'test/a.js', 'const m = await import(`../a.js`)\n', ['a.js'], ['a.js']],
  ['an alias of src', 'test/a.ts', "import x from '@/x/y'\n", ['src/x/y.tsx'], ['src/x/y.tsx']],
  ['other packages', 'test/a.js', "require('tape'); require('fs')\n", ['lib/tape.js', 'fs.js'], []],
]
const OTHERS: Row[] = [
  ['Go: the package', 'pkg/a_test.go', 'package a\n', ['pkg/a.go', 'pkg/b_test.go', 'c/c.go'], ['pkg/a.go']],
  ['Go: an import', 'a_test.go', 'import (\n"x.org/m/in/b"\n"fmt"\n)\n', ['in/b/b.go', 'in/c/c.go'], ['in/b/b.go']],
  [
    'Rust: modules',
    'src/lib.rs',
    'pub mod a;\nmod b;\n',
    ['src/a.rs', 'src/b/mod.rs', 'src/c.rs'],
    ['src/a.rs', 'src/b/mod.rs'],
  ],
  [
    'Rust: below a module',
    'src/a.rs',
    'mod c;\nuse crate::d::X;\n',
    ['src/a/c.rs', 'src/c.rs', 'src/d.rs'],
    ['src/a/c.rs', 'src/d.rs'],
  ],
  [
    'Rust: a test of the crate',
    'tests/t.rs',
    'use my_crate::d::f;\n',
    ['src/lib.rs', 'src/d.rs', 'src/e.rs'],
    ['src/lib.rs', 'src/d.rs'],
  ],
  [
    'C',
    'test/t.c',
    '#include "../src/a.h"\n#include <stdio.h>\n',
    ['src/a.h', 'src/a.c', 'src/b.c'],
    ['src/a.h', 'src/a.c'],
  ],
  [
    'C: of another folder',
    'test/t.cpp',
    '#include <x/a.hpp>\n',
    ['include/x/a.hpp', 'src/a.cpp'],
    ['include/x/a.hpp', 'src/a.cpp'],
  ],
  [
    'Java: an import',
    'src/test/java/x/ATest.java',
    'package x;\nimport y.B;\n',
    ['src/main/java/y/B.java', 'src/main/java/y/C.java'],
    ['src/main/java/y/B.java'],
  ],
  [
    'Java: its package',
    'src/test/java/x/y/ATest.java',
    'package x.y;\nclass ATest { A a; }\n',
    ['src/main/java/x/y/A.java', 'src/main/java/x/y/B.java'],
    ['src/main/java/x/y/A.java'],
  ],
  [
    'Ruby',
    'spec/a_spec.rb',
    "require_relative '../lib/a'\nrequire 'b'\n",
    ['lib/a.rb', 'lib/b.rb', 'lib/c.rb'],
    ['lib/a.rb', 'lib/b.rb'],
  ],
  ['PHP', 'tests/ATest.php', '<?php\nuse App\\Util\\A;\n', ['src/Util/A.php', 'src/A.php'], ['src/Util/A.php']],
  [
    'a shell script',
    'test/a.bats',
    'source ../lib/x.sh\nrun ./run.sh\n',
    ['lib/x.sh', 'run.sh', 'y.sh'],
    ['lib/x.sh', 'run.sh'],
  ],
  [
    'a program that it starts',
    'test/a.test.js',
    "spawn('node', ['bin/cli.js'])\n",
    ['bin/cli.js', 'bin/other.js'],
    ['bin/cli.js'],
  ],
  ['the name of a test', 'tests/test_sum.py', 'assert True\n', ['src/sum.py', 'src/other.py'], ['src/sum.py']],
  ['the name of a test of Java', 'ATest.cs', '\n', ['src/A.cs', 'src/B.cs'], ['src/A.cs']],
  ['itself', 'a.py', 'import a\n', ['a.py'], []],
]

test.each([...PYTHON, ...JAVASCRIPT, ...OTHERS])('%s', (_case, path, content, known, imported) => {
  const files = known.map((file) => file.split('=', 2))
  const packages = files.flatMap(([name = '', text = '']) => readPackage(name, text) ?? [])
  const index = new PathIndex([path, ...files.map(([name = '']) => name)])
  expect([...findImports(path, content, { index, packages })].sort()).toEqual([...imported].sort())
})
