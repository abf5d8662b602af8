/** Settings that keep git from running what a configuration names. */
const HARDENING: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'false',
  'core.hooksPath': '/dev/null',
  'core.pager': 'cat',
  'core.sshCommand': 'false',
  'credential.helper': '',
  'diff.external': '',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  'commit.gpgSign': 'false',
}

/** What of the environment git may see; all other `GIT_*` would change what it does. */
const PASSED =
  /^(PATH|HOME|XDG_CONFIG_HOME|USER|LOGNAME|TZ|TMPDIR|SystemRoot|GIT_CONFIG_(NOSYSTEM|GLOBAL|SYSTEM|COUNT|KEY_\d+|VALUE_\d+)|GIT_CEILING_DIRECTORIES)$/

/**
 * The environment in which git runs no program that the configuration of a repository names, and reaches no other one:
 * what a partial clone lacks is an error, not a reason to fetch it.
 *
 * @param settings more of the configuration, by their names
 */
export function gitEnvironment(
  env: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)))
  // Appended to those of the user's own environment, so ours are read last and win.
  const first = Number(passed['GIT_CONFIG_COUNT'] ?? 0) || 0
  const entries = Object.entries({ ...HARDENING, ...settings })
  const added = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key],
    [`GIT_CONFIG_VALUE_${first + index}`, value],
  ])
  return {
    ...passed,
    ...Object.fromEntries(added),
    GIT_CONFIG_COUNT: String(first + entries.length),
    // The first is not known to git before 2.44; the second also wins over `protocol.ext.allow` of a repository.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}

/** Settings by which filter drivers of these names are switched off: what they would change is taken as it is. */
export function withoutFilters(drivers: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    drivers.flatMap((driver) => [
      ...['clean', 'smudge', 'process'].map((name) => [`filter.${driver}.${name}`, '']),
      [`filter.${driver}.required`, 'false'],
    ]),
  )
}
