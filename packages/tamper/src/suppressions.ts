/** A way to silence a checker, or to handle what judges, from within the file that is judged. */
interface Suppression {
  /** As it is reported. */
  readonly name: string
  /** Of files, see file-types.ts. */
  readonly types: readonly string[]
  readonly pattern: RegExp
}

const SCRIPT = ['javascript', 'jsx', 'typescript', 'tsx']
const C = ['c', 'c++']

/**
 * Patterns see one file at a time, and are bounded. What has a good use now and then is here all the same: an honest
 * repair rarely adds one.
 */
const SUPPRESSIONS: readonly Suppression[] = [
  { name: 'noqa', types: ['python'], pattern: /#[^\n]{0,200}\bnoqa\b/gi },
  { name: 'type: ignore', types: ['python'], pattern: /#\s*(?:type|pyright|mypy|ty):\s*ignore/gi },
  { name: 'pylint: disable', types: ['python'], pattern: /#\s*pylint:\s*(?:disable|skip-file)/gi },
  { name: 'pragma: no cover', types: ['python'], pattern: /#\s*pragma:?\s*no\s*(?:cover|branch)/gi },
  { name: 'nosec', types: ['python', 'go'], pattern: /#\s*nosec\b/gi },
  {
    name: 'skipping tests',
    types: ['python'],
    pattern: /\bpytest\.(?:skip|xfail|exit|importorskip)\s*\(|\bSkipTest\b|\.skipTest\s*\(/g,
  },
  {
    name: 'handling the test framework',
    types: ['python'],
    pattern:
      /\b_pytest\b|\bPYTEST_CURRENT_TEST\b|\bsys\.modules\b.{0,20}(?:pytest|unittest)|['"](?:pytest|unittest)['"] (?:not )?in sys\.modules|\bTestCase\.\w+ *=(?!=)/g,
  },
  { name: 'os._exit', types: ['python'], pattern: /\bos\._exit\b|\bfrom os import [^\n]{0,80}\b_exit\b/g },
  {
    name: '__eq__ that is always true',
    types: ['python'],
    pattern: /\bdef __eq__\([^)]{0,80}\)[^:\n]{0,40}:\s*return True\b/g,
  },
  {
    name: 'eslint-disable',
    types: SCRIPT,
    pattern: /\b(?:eslint|oxlint|jshint|jscs|tslint)[-:]disable|\bbiome-ignore\b/g,
  },
  { name: '@ts-ignore', types: SCRIPT, pattern: /@ts-(?:ignore|expect-error|nocheck)\b/g },
  { name: 'coverage ignored', types: SCRIPT, pattern: /\b(?:istanbul|c8|v8) ignore\b/g },
  {
    name: 'handling the test framework',
    types: SCRIPT,
    pattern:
      /\b(?:JEST_WORKER_ID|VITEST_WORKER_ID|VITEST_POOL_ID|NODE_TEST_CONTEXT)\b|\bprocess\.env\.VITEST\b|\bassert(?:\.strict)?\.\w+ *=(?![=>])|\bObject\.(?:assign|definePropert\w+)\(\s*(?:assert|expect)\b|\bprocess\.reallyExit\b/g,
  },
  { name: 'shellcheck disable', types: ['shell', 'bats'], pattern: /#\s*shellcheck\s+(?:disable|source=\/dev\/null)/g },
  { name: 'NOLINT', types: C, pattern: /\bNOLINT|\bcppcheck-suppress|\b(?:LCOV|GCOVR)_EXCL/g },
  {
    name: '#pragma diagnostic',
    types: C,
    pattern: /#\s*pragma\s+(?:GCC|clang)\s+(?:diagnostic\s+ignored|system_header)/g,
  },
  { name: 'NDEBUG', types: C, pattern: /#\s*define\s+NDEBUG\b|#\s*(?:undef|define)\s+assert\b/g },
  { name: 'nolint', types: ['go'], pattern: /\/\/\s*(?:nolint|lint:ignore|lint:file-ignore)\b/g },
  { name: 'build constraint', types: ['go'], pattern: /^\/\/(?:go:build| \+build)\b/gm },
  {
    name: 'handling the test framework',
    types: ['go'],
    pattern: /\bfunc TestMain\(|\btesting\.Testing\(\)|\bflag\.Lookup\("test\./g,
  },
  {
    name: 'allow',
    types: ['rust'],
    pattern: /#!?\[\s*(?:allow|expect|ignore)\b|#!?\[\s*cfg_attr\b|\bcfg\(not\(test\)\)/g,
  },
  {
    name: 'phpstan-ignore',
    types: ['php'],
    pattern: /@phpstan-ignore|@psalm-suppress|\bphpcs:(?:ignore|disable)|@codeCoverageIgnore|@noinspection\b/g,
  },
  { name: 'no critic', types: ['perl'], pattern: /##\s*no critic\b|\bno\s+(?:strict|warnings)\b/g },
  {
    name: 'handling the test framework',
    types: ['perl'],
    pattern: /\bTest::(?:More|Builder|Simple)\b|\bHARNESS_ACTIVE\b/g,
  },
  { name: 'rubocop:disable', types: ['ruby'], pattern: /#\s*rubocop:(?:disable|todo)|:nocov:/g },
  { name: 'luacheck: ignore', types: ['lua'], pattern: /--\s*luacheck:\s*(?:ignore|no)/g },
  { name: 'stylelint-disable', types: ['css'], pattern: /\bstylelint-disable/g },
  { name: 'yamllint disable', types: ['yaml'], pattern: /#\s*yamllint\s+disable/g },
  { name: 'markdownlint-disable', types: ['markdown'], pattern: /\bmarkdownlint-disable/g },
  { name: 'hadolint ignore', types: ['dockerfile'], pattern: /#\s*hadolint\s+(?:global\s+)?ignore=/g },
]

/** How often each suppression stands in a text; those that do not are left out. */
export function countSuppressions(text: string, type: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { name, types, pattern } of SUPPRESSIONS) {
    const count = types.includes(type) ? (text.match(pattern)?.length ?? 0) : 0
    if (count > 0) counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}
