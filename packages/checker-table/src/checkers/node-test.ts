import { SCRIPT, TEST_FILES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

/** How node --test names a file that has ended without a test: as if it were one. */
const FILE = String.raw`(?:/.*|\S+)\.[cm]?[jt]sx?(?: \([\d.…]+(?:ms)?\))?$`

export const nodeTest: TableEntry = {
  kind: 'test',
  report: 'node',
  types: SCRIPT,
  files: TEST_FILES,
  command: ['node', '--test', '{files}'],
  withArguments: ['--test'],
  rules: [
    { stderr: '^Could not find ', is: 'error' },
    // A file counts as a passed test when its process ends with 0, whatever ran in it: one that holds tests ended early,
    // any other is a helper that is among them.
    {
      status: [0],
      output: String.raw`^(?:ok \d+ - |✔ )(?=(?<path>.*\.[cm]?[jt]sx?))${FILE}`,
      fileHolds: String.raw`\bnode:test\b|(?<![.\w])(?:test|it|describe|suite)(?:\.\w+)?\s*\(`,
      is: 'fail',
    },
    { output: '^(?:#|ℹ) tests 0$', is: 'none' },
    { status: [0], lacks: '^(?:#|ℹ) pass [1-9]', is: 'none' },
    { status: [0], lacks: String.raw`^ *(?:ok \d+ - |✔ )(?!${FILE})`, is: 'none' },
    { status: [1], lacks: '^(?:#|ℹ) fail \\d', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^(?:#|ℹ) pass (\\d+)', failed: ['^(?:#|ℹ) fail (\\d+)', '^(?:#|ℹ) cancelled (\\d+)'] },
  findings: [
    String.raw`^ *not ok \d+ - (?<code>.*)\n *---\n(?: .*\n){0,20}? *location: '(?<path>.*):(?<line>\d+):(?<column>\d+)'\n(?: .*\n){0,20}? *error: (?:\|-\n +)?(?<message>.*)$`,
    String.raw`^# (?<path>/.*):(?<line>\d+)\n(?:#.*\n){0,8}?# (?<message>\w*Error: .*)$`,
  ],
  install: 'https://nodejs.org',
  guard: {
    suppressions: [
      {
        name: 'handling the test framework',
        types: ['javascript', 'jsx', 'typescript', 'tsx'],
        pattern:
          /\b(?:JEST_WORKER_ID|VITEST_WORKER_ID|VITEST_POOL_ID|NODE_TEST_CONTEXT)\b|\bprocess\.env\.VITEST\b|\bassert(?:\.strict)?\.\w+ *=(?![=>])|\bObject\.(?:assign|definePropert\w+)\(\s*(?:assert|expect)\b|\bprocess\.reallyExit\b/g,
      },
    ],
    summary: { tests: [/^[#ℹ] tests (\d+)$/gm], skipped: [/^[#ℹ] skipped (\d+)$/gm, /^[#ℹ] todo (\d+)$/gm] },
  },
}
