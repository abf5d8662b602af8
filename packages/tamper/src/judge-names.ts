import { makeRoles, pathMatcher } from '@loop-runner/source-files'
import { makeShadows } from './shadows.ts'

/**
 * How a path is guarded: what is `fixed` must neither change nor appear, for what reads it finds it by itself; what
 * `grows` must not change, but more of its kind may come; what is `unexpected` may change, but none of its kind may come.
 */
export type Guarding = 'fixed' | 'grows' | 'unexpected'

export interface NameRules {
  /** Patterns of further guarded files. */
  readonly protect: readonly string[]
  /** Patterns of files that may change. */
  readonly allow: readonly string[]
  /** Paths that may change. */
  readonly named: ReadonlySet<string>
}

/** The commands of the check, and the tree in which it runs. */
interface Started {
  /** Base names of programs. */
  readonly programs: ReadonlySet<string>
  readonly isThere: (path: string) => boolean
}

/** Classifies a path by its name alone. */
export interface JudgeNames {
  guardingOf(path: string): Guarding | undefined
  /** Whether it configures a program that the check starts. */
  givesOrders(path: string): boolean
  /** Whether it is loaded in the place of something else of its name. */
  standsIn(path: string): boolean
  /** Whether it may change, whatever it is. */
  isAllowed(path: string): boolean
  /** Whether tests that stand in it must not change: in a source that is named, too, unless all of it is a test. */
  keepsTests(path: string): boolean
}

/** Files that tools read, in addition to those protected from replies. */
const ALSO_READ = ['.gitignore', '.ignore', '.env', '.env.*', '.flaskenv']

const MAKEFILES = ['Makefile', 'makefile', 'GNUmakefile', '*.mk']

/** Files in which programs look up their tasks: guarded only if a check uses them. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  make: MAKEFILES,
  gmake: MAKEFILES,
  just: ['justfile', '.justfile'],
  npm: ['package.json'],
  pnpm: ['package.json'],
  yarn: ['package.json'],
  bun: ['package.json'],
  cargo: ['Cargo.toml', 'rust-toolchain*'],
  go: ['go.mod', 'go.work', '**/vendor/modules.txt'],
  composer: ['composer.json'],
  rake: ['Rakefile', 'Gemfile'],
  bundle: ['Rakefile', 'Gemfile'],
  mvn: ['pom.xml'],
  gradle: ['*.gradle', '*.gradle.kts'],
  ctest: ['CMakeLists.txt', 'CTestTestfile.cmake'],
  prove: ['.proverc'],
  inv: ['tasks.py'],
  invoke: ['tasks.py'],
  doit: ['dodo.py'],
  scons: ['SConstruct', 'SConscript'],
  meson: ['meson.build'],
  task: ['Taskfile.y*ml'],
  mage: ['magefile.go', 'magefiles'],
  bazel: ['BUILD', 'BUILD.bazel', 'WORKSPACE', 'MODULE.bazel', '*.bzl'],
  sbt: ['build.sbt', 'project'],
  mix: ['mix.exs', '.formatter.exs'],
  zig: ['build.zig'],
  swift: ['Package.swift'],
}

/** Traces that tools leave where they have worked. */
const TRACES = ['__pycache__', '*.py[co]', '.DS_Store', '*~', '.*.sw?']

export function makeJudgeNames({ protect, allow, named }: NameRules, { programs, isThere }: Started): JudgeNames {
  const rolesOf = makeRoles()
  const isProtected = pathMatcher([...protect, ...ALSO_READ])
  const isAllowedByPattern = pathMatcher(allow)
  const isTrace = pathMatcher(TRACES)
  const givesOrders = pathMatcher(
    [...programs].flatMap((name) => (Object.hasOwn(ORDERS, name) ? (ORDERS[name] ?? []) : [])),
  )
  const shadows = makeShadows(programs, isThere)
  const isAllowed = (path: string) => named.has(path) || isAllowedByPattern(path)
  const standsIn = (path: string) => /(?:^|\/)__mocks__\//.test(path) || rolesOf(path).has('stand-in')
  const guardingByRole = (path: string) => {
    const roles = rolesOf(path)
    if (standsIn(path) || roles.has('configuration') || roles.has('set-up')) return 'fixed'
    const isTest = roles.has('test')
    // Loaded with every test beside it.
    if (isTest && path.endsWith('/__init__.py')) return 'fixed'
    const isJudge = isTest || roles.has('check')
    if (shadows(path)) return isJudge ? 'fixed' : 'unexpected'
    return isJudge ? 'grows' : undefined
  }
  const guardingOf = (path: string) => {
    if (isAllowed(path)) return undefined
    if (isProtected(path) || givesOrders(path)) return 'fixed'
    if (isTrace(path)) return undefined
    return guardingByRole(path)
  }
  const keepsTests = (path: string) =>
    !isAllowedByPattern(path) && !(named.has(path) && guardingByRole(path) !== undefined)
  return { guardingOf, givesOrders, standsIn, isAllowed, keepsTests }
}
