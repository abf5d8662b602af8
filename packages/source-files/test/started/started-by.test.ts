import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { afterAll, describe, expect, test } from 'vitest'
import { startedBy } from '../../src/started/started-by.ts'

const FILES: Readonly<Record<string, string>> = {
  'probe.sh': '',
  'my probe.sh': '',
  probe: '',
  'probe.py': '',
  'probe.js': '',
  'preload.cjs': '',
  'app.py': '',
  'tools/probe.sh': '',
  'tools/check/__main__.py': '',
  'tools/check/__init__.py': '',
  'tools/Makefile': 'check:\n\t@./probe.sh\n',
  'checks/a.sh': '',
  'checks/b.sh': '',
  'report.md': '',
  'data.json': '{}',
  'list.txt': 'checks/a.sh\nchecks/b.sh\n',
  'outer.sh':
    'DIR="$(cd "$(dirname "$0")" && pwd)"\n. "$DIR/tools/shared.sh"\nsh "$DIR"/tools/inner.sh || exit 1\npython3 app.py\n',
  'tools/shared.sh': '',
  'tools/inner.sh': '#!/bin/sh\ncd "$(dirname "$0")"\n./probe.sh\n../outer.sh\n./app.sh | grep -q 6\n',
  'tools/app.sh': '',
  'tools/starter': '#!/usr/bin/env bash\n"${0%/*}"/probe.sh\n',
  'lib/mod/__main__.py': '',
  'Taskfile.yml':
    "version: '3'\ntasks:\n  check:\n    cmds:\n      - ./probe.sh\n      - task: other\n  other: sh checks/a.sh\n",
  Makefile: `SHELL = /bin/bash
-include config.mak
include $(wildcard mk/*.mk)
PROBE := ./probe.sh
RUN ?= $(PROBE) --fast
.PHONY: check
check: build
\t@$(RUN) && \\
\t  echo ok
build: ; -sh tools/probe.sh
nested:
\t$(MAKE) -C tools check
compare:
\tpython3 app.py > out.txt
\tdiff out.txt report.md
%.ok: probe.py
\tpython3 $<
`,
  'mk/more.mk': 'more:\n\tchecks/a.sh\n',
  justfile: 'check:\n    @./probe.sh\n',
  'composer.json': '{ "scripts": { "test": ["@php -v", "sh probe.sh"] } }',
  'package.json': JSON.stringify({
    scripts: {
      test: 'npm run -s step && true',
      step: 'cross-env A=1 node probe.js',
      pretest: './probe.sh',
      start: 'sh tools/probe.sh',
      postinstall: 'sh checks/a.sh',
      'check:a': 'sh checks/a.sh',
      'check:b': 'sh checks/b.sh',
      all: 'run-s check:*',
      both: 'concurrently "npm:check:a" "sh checks/b.sh"',
    },
  }),
}

const folder = tempFolder()
for (const [name, content] of Object.entries(FILES)) {
  mkdirSync(dirname(join(folder.path, name)), { recursive: true })
  writeFileSync(join(folder.path, name), content)
}
afterAll(() => folder[Symbol.dispose]())

const scriptsOf = (command: readonly string[]) => [...startedBy(command, folder.path).scripts].sort()

describe('scripts that a command starts', () => {
  test.each<[command: string[], scripts: string[]]>([
    [['./probe.sh', 'app.py'], ['probe.sh']],
    [['./my probe.sh'], ['my probe.sh']],
    [['.//probe'], ['probe']],
    [['tools/../probe.sh'], ['probe.sh']],
    [[join(folder.path, 'probe.sh')], ['probe.sh']],
    [['./not-there.sh'], ['not-there.sh']],
    // Shells
    [['sh', 'probe.sh'], ['probe.sh']],
    [['bash', '-e', '-o', 'pipefail', 'probe.sh', 'report.md'], ['probe.sh']],
    [['bash', '--norc', '-x', 'probe.sh'], ['probe.sh']],
    [['sh', '--', 'probe.sh'], ['probe.sh']],
    // Interpreters
    [['python3', '-W', 'error', 'probe.py'], ['probe.py']],
    [['python3.12', '-u', 'probe.py', 'report.md'], ['probe.py']],
    [['python3', '-m', 'doctest', '-v', 'report.md'], ['report.md']],
    [['python3', '-m', 'doctest', 'app.py'], []],
    [
      ['python3', '-m', 'tools.check'],
      ['tools/check/__init__.py', 'tools/check/__main__.py'],
    ],
    [['python3', '-Bm', 'probe'], ['probe.py']],
    [['node', '--no-warnings', 'probe.js'], ['probe.js']],
    [['node', '--require', './preload.cjs', '--test'], ['preload.cjs']],
    [
      ['node', '-r', './preload', 'probe.js'],
      ['preload.cjs', 'probe.js'],
    ],
    [['node', '--import=./preload.cjs', '-e', '1'], ['preload.cjs']],
    [['deno', 'run', '-A', 'probe.js'], ['probe.js']],
    [['bun', 'run', './probe.js'], ['probe.js']],
    [['ruby', '-r', './probe.py', '-e', '1'], ['probe.py']],
    [['awk', '-f', 'probe', 'report.md'], ['probe']],
    [['go', 'run', './probe.js'], ['probe.js']],
    // Wrappers
    [['env', 'A=1', './probe.sh'], ['probe.sh']],
    [['env', '-i', '-u', 'B', 'A=1', 'sh', 'probe.sh'], ['probe.sh']],
    [['env', '-S', 'sh probe.sh'], ['probe.sh']],
    [['env', '-C', 'tools', './probe.sh'], ['tools/probe.sh']],
    [['env', '--chdir=tools', './probe.sh'], ['tools/probe.sh']],
    [['env', `PATH=${folder.path}:/usr/bin`, 'probe.sh'], ['probe.sh']],
    [['timeout', '9', './probe.sh'], ['probe.sh']],
    [['timeout', '-s', 'KILL', '2.5m', 'nice', '-n', '5', 'sh', 'probe.sh'], ['probe.sh']],
    [['timeout', '--signal=KILL', '-k', '1s', '9', 'probe.sh'], []],
    [['nice', './probe.sh'], ['probe.sh']],
    [['nice', '-5', './probe.sh'], ['probe.sh']],
    [['ionice', '-c', '3', './probe.sh'], ['probe.sh']],
    [['nohup', './probe.sh'], ['probe.sh']],
    [['time', '-p', './probe.sh'], ['probe.sh']],
    [['/usr/bin/time', '-f', '%e', './probe.sh'], ['probe.sh']],
    [['stdbuf', '-oL', '-e', '0', './probe.sh'], ['probe.sh']],
    [['xargs', '-n', '1', './probe.sh'], ['probe.sh']],
    [['sudo', '-u', 'root', '-E', './probe.sh'], ['probe.sh']],
    [['setsid', '-w', './probe.sh'], ['probe.sh']],
    [['flock', '/tmp/lock', './probe.sh'], ['probe.sh']],
    [['flock', '/tmp/lock', '-c', './probe.sh'], ['probe.sh']],
    [['script', '-qec', './probe.sh', '/dev/null'], ['probe.sh']],
    [['taskset', '1', './probe.sh'], ['probe.sh']],
    [['strace', '-f', '-o', '/dev/null', './probe.sh'], ['probe.sh']],
    [['busybox', 'sh', 'probe.sh'], ['probe.sh']],
    [['npx', '-y', 'tsx', 'probe.js'], ['probe.js']],
    [['npx', '-c', './probe.sh'], ['probe.sh']],
    [['npm', 'exec', '--', './probe.sh'], ['probe.sh']],
    [['pnpm', 'exec', 'node', 'probe.js'], ['probe.js']],
    [['uv', 'run', '--with', 'x', 'python', 'probe.py'], ['probe.py']],
    [['poetry', 'run', 'python', '-m', 'probe'], ['probe.py']],
    [['c8', '-r', 'text', 'node', 'probe.js'], ['probe.js']],
    [['find', 'checks', '-name', '*.sh', '-exec', './probe.sh', '{}', ';'], ['probe.sh']],
    [
      ['run-parts', 'checks'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['find', 'checks', '-name', '*.sh', '-exec', 'sh', '{}', ';'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [['find', '.', '-type', 'f', '-iname', 'A.SH', '-exec', '{}', ';'], ['checks/a.sh']],
    [
      ['xargs', '-a', 'list.txt', 'sh'],
      ['checks/a.sh', 'checks/b.sh', 'list.txt'],
    ],
    [
      ['parallel', 'sh {}', ':::', 'checks/a.sh', 'checks/b.sh'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [['parallel', 'sh', ':::', 'probe.sh'], ['probe.sh']],
    [['prove', '-e', 'sh', 'checks'], []],
    [['prove', '-e', 'sh', 'checks/a.sh'], ['checks/a.sh']],
    [['bats', 'tools'], []],
    // Text in a language
    [['python3', '-Bc', 'import os, probe as p\np.main()'], ['probe.py']],
    [
      ['env', 'PYTHONPATH=tools', 'python3', '-c', 'from check import main; main()'],
      ['tools/check/__init__.py', 'tools/check/__main__.py'],
    ],
    [
      ['python3', '-c', 'import sys; sys.path.insert(0, "tools"); import check'],
      ['tools/check/__init__.py', 'tools/check/__main__.py'],
    ],
    [['python3', '-c', 'import app; app.main()'], ['app.py']],
    [['node', '-e', "require('./preload').run()"], ['preload.cjs']],
    [['python3', '-c', 'import runpy; runpy.run_path("probe.py")'], ['probe.py']],
    [['python3', '-c', 'exec(open("probe.py").read())'], ['probe.py']],
    [['python3', '-c', 'import os, sys; sys.exit(os.system("sh probe.sh"))'], ['probe.sh']],
    [['python3', '-c', 'import subprocess; subprocess.check_call(["./probe.sh"])'], ['probe.sh']],
    [['python3', '-m', 'mod'], ['lib/mod/__main__.py']],
    [['node', '--eval=import("./probe.js").then((it) => it.main())'], ['probe.js']],
    [['node', '-e', "import main from './probe.js'; main()"], ['probe.js']],
    [['perl', '-e', 'do "./probe.js"'], ['probe.js']],
    [['ruby', '-e', 'load "./probe.js"'], ['probe.js']],
    [['php', '-r', 'require "probe.js";'], ['probe.js']],
    [['lua', '-e', 'dofile("probe.js")'], ['probe.js']],
    // Scripts that a script starts; programs in another language are what it checks
    [['sh', 'outer.sh'], ['outer.sh']],
    [['tools/starter'], ['tools/starter']],
    // Text for a shell
    [['sh', '-c', 'x=$(./probe.sh)'], ['probe.sh']],
    [['sh', '-c', 'x=`sh probe.sh` || exit 1'], ['probe.sh']],
    [['sh', '-c', 'out="$(./probe.sh 2>&1)"; code=$?; echo "$out"; exit $code'], ['probe.sh']],
    [['sh', '-c', 'if x=$(./probe.sh); then exit 0; fi; exit 1'], ['probe.sh']],
    [
      ['sh', '-c', 'find checks -name "*.sh" -print0 | xargs -0 -n1 sh'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'git ls-files "checks/*.sh" | xargs -I{} sh {}'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'ls checks/*.sh | xargs -n1 sh'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'ls checks | while read f; do sh checks/$f; done'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['bash', '-c', 'while IFS= read -r f; do sh "$f"; done < <(find checks -name "*.sh")'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'while read f; do sh "$f"; done < list.txt'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'for f in $(find checks -type f); do sh "$f"; done'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'for f in `ls checks`; do sh checks/"$f"; done'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [['bash', '-c', 'source <(cat probe.sh)'], ['probe.sh']],
    [['bash', '-c', 'bash <(sed s/a/b/ probe.sh)'], ['probe.sh']],
    [['sh', '-c', 'trap ./probe.sh EXIT; true'], ['probe.sh']],
    [['sh', '-c', 'DIR=$(cd "$(dirname "$0")" && pwd -P); "$DIR"/probe.sh'], ['probe.sh']],
    [['sh', '-c', './probe.sh'], ['probe.sh']],
    [['bash', '-lc', 'set -e; ./probe.sh report.md'], ['probe.sh']],
    [['bash', '-o', 'pipefail', '-c', 'A=1 "./probe.sh"'], ['probe.sh']],
    [['sh', '-c', 'true && ./probe.sh || exit 1'], ['probe.sh']],
    [['sh', '-c', 'cd tools && ./probe.sh'], ['tools/probe.sh']],
    [['sh', '-c', 'true; (sh probe.sh) & wait'], ['probe.sh']],
    [['sh', '-c', 'if ./probe.sh; then exit 0; fi; exit 1'], ['probe.sh']],
    [['sh', '-c', 'exec ./"my probe.sh"'], ['my probe.sh']],
    [['sh', '-c', 'P=./probe.sh; $P'], ['probe.sh']],
    [
      ['sh', '-c', 'for t in checks/a.sh checks/b.sh; do sh "$t" || exit; done'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [['sh', '-c', 'case $PWD in */checks/*) sh probe.sh;; *) exit 1;; esac'], ['probe.sh']],
    [
      ['sh', '-c', 'for t in checks/*; do sh $t || exit; done'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', '"$PWD"/probe.sh; "$(pwd)/probe"'],
      ['probe', 'probe.sh'],
    ],
    [['sh', '-c', '. ./probe.sh'], ['probe.sh']],
    [
      ['bash', '-c', 'source tools/probe.sh && ./probe.sh'],
      ['probe.sh', 'tools/probe.sh'],
    ],
    [['sh', '-c', './probe.sh | tee log'], ['probe.sh']],
    [['sh', '-c', 'sh < probe.sh'], ['probe.sh']],
    [['sh', '-c', 'cat probe.sh | sh'], ['probe.sh']],
    [['sh', '-c', 'echo ./probe.sh | xargs sh'], ['probe.sh']],
    [['sh', '-c', 'echo ./probe.sh | xargs -I{} sh {}'], ['probe.sh']],
    [['sh', '-c', 'sh <<X\n./probe.sh\nX'], ['probe.sh']],
    [['sh', '-c', 'eval "./probe.sh"'], ['probe.sh']],
    [['sh', '-c', 'PATH=.:$PATH; probe.sh'], ['probe.sh']],
    [['sh', '-c', 'f() { ./probe.sh; }; f'], ['probe.sh']],
    [['sh', '-c', './probe.sh > /dev/null 2>&1'], ['probe.sh']],
    [['sh', '-c', 'timeout 9 sh -c "exec ./probe.sh"'], ['probe.sh']],
    // Files of orders
    [
      ['make', 'check'],
      ['probe.sh', 'tools/probe.sh'],
    ],
    [
      ['make', '-j4', '--no-print-directory', 'RUN=./probe', 'check'],
      ['probe', 'tools/probe.sh'],
    ],
    // The first rule, and that is one of an included file.
    [['make'], ['checks/a.sh']],
    [['make', '-C', 'tools', 'check'], ['tools/probe.sh']],
    [['make', '-Ctools'], ['tools/probe.sh']],
    [['make', '-f', 'tools/Makefile'], ['probe.sh']],
    [['make', 'nested'], ['tools/probe.sh']],
    [['make', 'more'], ['checks/a.sh']],
    [['make', 'compare'], []],
    [
      ['npm', 'test'],
      ['probe.js', 'probe.sh'],
    ],
    [
      ['npm', 't', '--silent'],
      ['probe.js', 'probe.sh'],
    ],
    [['npm', 'run', 'step', '--', '-x'], ['probe.js']],
    [['npm', '--prefix', '.', 'start'], ['tools/probe.sh']],
    [['yarn', 'step'], ['probe.js']],
    [['pnpm', '-s', 'step'], ['probe.js']],
    [['node', '--run', 'step'], ['probe.js']],
    [['npm', 'ci'], ['checks/a.sh']],
    [
      ['npm', 'run', 'all'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['npm', 'run', 'both'],
      ['checks/a.sh', 'checks/b.sh'],
    ],
    [
      ['sh', '-c', 'npm install && npm test'],
      ['checks/a.sh', 'probe.js', 'probe.sh'],
    ],
    [['just', 'check'], ['probe.sh']],
    [
      ['task', 'check'],
      ['checks/a.sh', 'probe.sh'],
    ],
    [['composer', 'test'], ['probe.sh']],
    // What is only read, compared or counted
    [['bash', '-n', 'probe.sh'], []],
    [['python3', '-m', 'pylint', 'app.py'], []],
    [['python3', '-c', 'from app import f; assert f(1) == 2'], []],
    [['python3', '-c', 'import app'], []],
    [['python3', '-c', 'import os, app; from app import f'], []],
    [['node', '-e', "require('./preload')"], []],
    [['node', '--input-type=module', '-e', "import './probe.js'"], []],
    [['python3', '-c', 'import json; json.load(open("data.json"))'], []],
    [['python3', '-c', 'import ast; ast.parse(open("app.py").read())'], []],
    [['node', '-e', 'require("assert")(require("./probe").f(1) === 2)'], []],
    [['node', '-e', 'require("./data.json")'], []],
    [['python3', '-c'], []],
    [['sh', '-c', 'x=$(python3 app.py); [ "$x" = 6 ]'], []],
    [['sh', '-c', 'x=$(./app.py); echo "$x" | grep -q 6'], []],
    [['sh', '-c', 'x=$(./app.py) diff - report.md'], []],
    [['sh', '-c', 'find . -name "*.md" | xargs wc -l'], []],
    [['find', 'checks', '-name', '*.sh', '-exec', 'shellcheck', '{}', '+'], []],
    [['find', 'checks'], []],
    [['git', 'ls-files', '*.sh'], []],
    [['node', '--check', 'probe.js'], []],
    [['node', '--test', 'probe.js'], []],
    [['perl', '-wc', 'probe.py'], []],
    [['php', '-l', 'probe.py'], []],
    [['lr-score', '--min-words', '9', 'report.md'], []],
    [['timeout', '60', 'shellcheck', 'probe.sh'], []],
    [['sh', '-c', 'wc -w report.md'], []],
    [['sh', '-c', 'python3 app.py 3 | grep -q 6'], []],
    [['sh', '-c', '[ "$(python3 app.py)" = 6 ]'], []],
    [['sh', '-c', 'test `./app.py` = 6'], []],
    [['sh', '-c', 'python3 app.py > out; diff out report.md'], []],
    [['sh', '-c', '. ./probe.sh; [ "$(add 1 2)" = 3 ]'], []],
    [['sh', '-c', 'echo "run ./probe.sh" # ./probe'], []],
    [['/bin/sh', '/etc/check.sh'], []],
    [['../probe.sh'], []],
    [['timeout', '60'], []],
    [['sh'], []],
    [[''], []],
    [[], []],
  ])('%j: %j', (command, scripts) => {
    expect(scriptsOf(command)).toEqual(scripts)
  })

  test('a text that is not closed, of any kind, ends', () => {
    for (const text of ['"', "'", '`', '$(', '${', '<<X', '(', '\\', '$', '>', '<(', 'a$((', '"$(']) {
      expect(scriptsOf(['sh', '-c', `./probe.sh; ${text}`])).toContain('probe.sh')
    }
  })
})

test('makefiles are read with what they include, and what would be included if it were there', () => {
  const { orders, awaited } = startedBy(['make', 'check'], folder.path)
  expect(orders).toEqual(['Makefile', 'mk/more.mk'])
  expect(awaited).toEqual(['GNUmakefile', 'makefile', 'Makefile', 'config.mak', 'mk/*.mk'])
})

test('the commands that it comes to, with their folders', () => {
  const { commands } = startedBy(['sh', '-c', 'cd tools && pip install x && timeout 9 pytest -q'], folder.path)
  expect(commands.slice(1)).toEqual([
    { words: ['pip', 'install', 'x'], folder: 'tools' },
    { words: ['pytest', '-q'], folder: 'tools' },
  ])
})

test('the commands of the scripts that it starts, and of those that these start', () => {
  const { commands } = startedBy(['sh', 'outer.sh'], folder.path)
  const words = commands.map((command) => command.words)
  expect(words).toEqual(expect.arrayContaining([['python3', 'app.py'], ['./probe.sh'], ['grep', '-q', '6']]))
})
