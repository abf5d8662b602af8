import { describe, expect, test } from 'vitest'
import { judgingScripts } from './judging-scripts.ts'

const FILES = new Set(['./check', './check.sh', './my check.sh', 'check.py', 'check.sh', 'sub/check.js', 'report.md'])

describe('the scripts that a check command starts', () => {
  test.each<[command: string[], scripts: string[]]>([
    [['./check.sh', 'src'], ['check.sh']],
    [['./my check.sh'], ['my check.sh']],
    [['.//check'], ['check']],
    [['sh', 'check.sh'], ['check.sh']],
    [['bash', '-e', '-o', 'pipefail', 'check.sh', 'report.md'], ['check.sh']],
    [['sh', '-c', 'cd . && ./check.sh; ./gone.sh | "./check"'], ['check.sh']],
    [['bash', '-ec', './check.sh report.md'], ['check.sh']],
    [['python3', '-W', 'error', 'check.py'], ['check.py']],
    [['python3.12', 'check.py', 'report.md'], ['check.py']],
    [['node', '--no-warnings', 'sub/check.js'], ['sub/check.js']],
    [['env', '-i', 'A=1', './check.sh'], ['check.sh']],
    [['timeout', '-s', 'KILL', '2.5m', 'nice', '-n', '5', 'sh', 'check.sh'], ['check.sh']],
    // They look at files, and start none.
    [['bash', '-n', 'check.sh'], []],
    [['python3', '-m', 'pylint', 'check.py'], []],
    [['node', '--check', 'sub/check.js'], []],
    [['perl', '-wc', 'check.py'], []],
    [['php', '-l', 'check.py'], []],
    [['lr-score', '--min-words', '9', 'report.md'], []],
    [['timeout', '60', 'shellcheck', 'check.sh'], []],
    [['sh', '-c', 'wc -w report.md'], []],
    [['/bin/sh', '/etc/check.sh'], []],
    [['timeout', '60'], []],
    [['sh'], []],
    [[], []],
  ])('%j: %j', (command, scripts) => {
    expect(judgingScripts(command, (word) => FILES.has(word))).toEqual(scripts)
  })
})
