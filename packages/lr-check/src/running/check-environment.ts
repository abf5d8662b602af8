import { childEnvironment } from '@loop-runner/cli-kit'

/** What makes checkers print the same in every place (research/check-prompt.md 7.1). */
const FIXED = {
  LC_ALL: 'C.UTF-8',
  NO_COLOR: '1',
  TERM: 'dumb',
  COLUMNS: '100',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONHASHSEED: '0',
  // What it says of a newer version of itself comes once a week.
  npm_config_update_notifier: 'false',
}

/**
 * Variables that force colours, or by which checkers tell where they run and print something else there. A test runner
 * that sees NODE_TEST_CONTEXT takes itself for a part of another run and reports to it.
 */
const UNSET = new Set([
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
  'NODE_TEST_CONTEXT',
  'OPENCODE',
  'PY_COLORS',
  'REPL_ID',
])

/** The environment of a check: no keys, nothing that colours or moves its output. */
export function checkEnvironment(env: NodeJS.ProcessEnv, pass: readonly string[]): NodeJS.ProcessEnv {
  const kept = Object.entries(childEnvironment(env, pass)).filter(([name]) => pass.includes(name) || !UNSET.has(name))
  const passed = Object.fromEntries(pass.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
  return { ...Object.fromEntries(kept), ...FIXED, ...passed }
}
