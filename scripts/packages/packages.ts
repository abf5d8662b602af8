/** A package that comes with its tests. */
export interface Package {
  /** `python`: as it is installed. */
  readonly registry: 'npm' | 'python'
  readonly name: string
  readonly version: string
  /** The file in which a fault is planted. */
  readonly source: string
  /** A word with `*` stands for the files that it matches. */
  readonly check: readonly string[]
}

const TAPE = ['node_modules/.bin/tape', 'test/*.js']
const TAPE_IN_ONE = ['node_modules/.bin/tape', 'test.js']
const PYTEST = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider']

const NPM: readonly (readonly [name: string, version: string, source: string, check: readonly string[]])[] = [
  ['minimist', '1.2.8', 'index.js', TAPE],
  ['shell-quote', '1.8.1', 'parse.js', TAPE],
  ['deep-equal', '2.2.3', 'index.js', TAPE],
  ['object-inspect', '1.13.1', 'index.js', TAPE],
  ['qs', '6.11.2', 'lib/parse.js', TAPE],
  ['resolve', '1.22.8', 'lib/sync.js', TAPE],
  ['concat-map', '0.0.1', 'index.js', TAPE],
  ['text-table', '0.2.0', 'index.js', TAPE],
  ['wordwrap', '1.0.0', 'index.js', TAPE],
  ['semver-compare', '1.0.0', 'index.js', TAPE],
  ['json-stable-stringify', '1.0.2', 'index.js', TAPE],
  ['traverse', '0.6.7', 'index.js', TAPE],
  ['function-bind', '1.1.2', 'implementation.js', TAPE],
  ['is-callable', '1.2.7', 'index.js', TAPE],
  ['is-regex', '1.1.4', 'index.js', TAPE],
  ['is-date-object', '1.0.5', 'index.js', TAPE],
  ['array-map', '0.0.1', 'index.js', TAPE],
  ['camelize', '1.0.1', 'index.js', TAPE],
  ['is-string', '1.0.7', 'index.js', TAPE],
  ['which-boxed-primitive', '1.0.2', 'index.js', TAPE],
  ['es-to-primitive', '1.2.1', 'es2015.js', TAPE],
  ['object-keys', '1.1.1', 'implementation.js', TAPE],
  ['string.prototype.trim', '1.2.8', 'implementation.js', TAPE],
  ['isarray', '1.0.0', 'index.js', TAPE_IN_ONE],
  ['xtend', '4.0.2', 'immutable.js', TAPE_IN_ONE],
  ['extend', '3.0.2', 'index.js', TAPE],
  ['balanced-match', '0.4.2', 'index.js', TAPE],
  ['buffer-equal', '1.0.1', 'index.js', TAPE],
  ['array-filter', '1.0.0', 'index.js', TAPE],
  ['array-reduce', '0.0.0', 'index.js', TAPE],
  ['defined', '1.0.1', 'index.js', TAPE],
  ['jsonify', '0.0.1', 'lib/parse.js', TAPE],
  ['through', '2.3.8', 'index.js', TAPE],
  ['split', '1.0.1', 'index.js', TAPE],
]

/** As they are installed here: with their tests, in whichever version. */
const PYTHON: readonly (readonly [name: string, source: string, tests: string])[] = [
  ['colorama', 'colorama/ansi.py', 'colorama/tests'],
  ['jsonschema', 'jsonschema/_utils.py', 'jsonschema/tests/test_utils.py'],
  ['referencing', 'referencing/_core.py', 'referencing/tests'],
  ['traitlets', 'traitlets/utils/text.py', 'traitlets/utils/tests'],
  ['mpmath', 'mpmath/libmp/libintmath.py', 'mpmath/tests/test_basic_ops.py'],
  ['networkx', 'networkx/utils/misc.py', 'networkx/utils/tests/test_misc.py'],
  ['IPython', 'IPython/utils/text.py', 'IPython/utils/tests/test_text.py'],
]

/** What the tests of several of them load. */
export const HELPERS = [
  'tape@5.10.2',
  'for-each',
  'es-value-fixtures',
  'foreach',
  'has-tostringtag',
  'has-symbols',
  'mock-property',
  'make-arrow-function',
  'make-async-function',
  'make-generator-function',
  'object-is',
  'is',
  'cli-color',
]

export const PACKAGES: readonly Package[] = [
  ...NPM.map(([name, version, source, check]) => ({ registry: 'npm' as const, name, version, source, check })),
  ...PYTHON.map(([name, source, tests]) => ({
    registry: 'python' as const,
    name,
    version: 'here',
    source,
    check: [...PYTEST, tests],
  })),
]
