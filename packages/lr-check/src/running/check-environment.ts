import { delimiter } from 'node:path'
import { childEnvironment, isSecretName } from '@loop-runner/cli-kit'
import { environmentPlaces, kindOf, launcherEnvironment, type Plan, runsCode } from '@loop-runner/checkers'

/** Variables that make the output of linters independent of the machine, so that it can be parsed. */
const FOR_LINTERS = { LC_ALL: 'C.UTF-8', NO_COLOR: '1', TERM: 'dumb', COLUMNS: '100' }

/**
 * Variables that a linter does not get: they force colours, another language, or another output format for agents and
 * servers.
 */
const NOT_FOR_LINTERS = new Set([
  'AI_AGENT',
  'AUGMENT_AGENT',
  'CI',
  'CLAUDECODE',
  'CLAUDE_CODE',
  'CLICOLOR_FORCE',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'COLORTERM',
  'COPILOT_AGENT',
  'COPILOT_CLI',
  'CURSOR_AGENT',
  'FORCE_COLOR',
  'GEMINI_CLI',
  'GITHUB_ACTIONS',
  'LANG',
  'LANGUAGE',
  'OPENCODE',
  'PY_COLORS',
  'REPL_ID',
])

/** The same result for the same tree, unless the user has set them: no bytecode in the tree, one order of sets. */
const DEFAULTS = { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' }

/** Prevents the installation of a package because of a mistyped name, and notices of newer versions. */
const FIXED = { npm_config_yes: 'false', npm_config_update_notifier: 'false' }

/** A test runner that sees it takes itself for a part of another run and reports to that. */
const OF_ANOTHER_RUN = 'NODE_TEST_CONTEXT'

/**
 * Variables that other children do not get, because they make programs load or do more; the user has set them for the
 * checks, too.
 */
const FOR_PROGRAMS = /^(?:LD_|DYLD_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|BASH_ENV$|ENV$|PYTHONSTARTUP$)/

/**
 * The environment of checks: the user's, without secrets, `GIT_*`, and the settings of this program. The virtual
 * environment that LOOP_RUNNER_VENV names comes first on PATH.
 *
 * @param pass names of variables that stay as they are
 */
export function checkEnvironment(env: NodeJS.ProcessEnv, pass: readonly string[], cwd: string): NodeJS.ProcessEnv {
  const forPrograms = Object.keys(env).filter((name) => FOR_PROGRAMS.test(name) && !isSecretName(name))
  const child = Object.entries(childEnvironment(env, [...pass, ...forPrograms]))
  const kept = child.filter(([name]) => pass.includes(name) || !(name.startsWith('LR_') || name === OF_ANOTHER_RUN))
  const passed = Object.fromEntries(pass.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
  return withEnvironmentFirst({ ...DEFAULTS, ...Object.fromEntries(kept), ...FIXED, ...passed }, cwd)
}

function withEnvironmentFirst(env: NodeJS.ProcessEnv, cwd: string): NodeJS.ProcessEnv {
  const named = env['LOOP_RUNNER_VENV']
  if (named === undefined || named === '') return env
  const [programs = ''] = environmentPlaces(cwd, env)
  return { ...env, PATH: [programs, env['PATH']].filter(Boolean).join(delimiter) }
}

/**
 * The environment of one run: tests and scripts get the user's variables, linters those that keep their output
 * parsable.
 */
export function environmentOf(plan: Plan, env: NodeJS.ProcessEnv, pass: readonly string[]): NodeJS.ProcessEnv {
  const never = launcherEnvironment(lineOf(plan))
  const unset = Object.fromEntries(Object.entries(never).filter(([name]) => !pass.includes(name)))
  if (runsCode(kindOf(plan))) return { ...env, ...unset }
  const kept = Object.entries(env).filter(([name]) => pass.includes(name) || !NOT_FOR_LINTERS.has(name))
  const set = Object.entries(FOR_LINTERS).filter(([name]) => !pass.includes(name))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(set), ...unset }
}

/** All words of a run, and those of the programs that it starts. */
function lineOf({ argv, started = [], commands = [] }: Plan): string {
  return [argv, started, ...commands].map((words) => words.join(' ')).join('\n')
}
