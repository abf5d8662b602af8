/** Names of variables that hold secrets, or change what an innocent program does. */
const SECRET = /(^|_)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASS|AUTH|CREDENTIALS?)(_|$)/i
const MEDDLING = /^(GIT_|LD_|DYLD_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|BASH_ENV$|ENV$|PYTHONSTARTUP$|SSH_AUTH_SOCK$)/

/**
 * The environment of a child that runs what others wrote: without keys (by name: `*_KEY`, `*TOKEN*`, …), without
 * `GIT_*` and without what makes programs load or run something else.
 *
 * @param pass names of variables that stay all the same
 */
export function childEnvironment(env: NodeJS.ProcessEnv, pass: readonly string[] = []): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => pass.includes(name) || !(isSecretName(name) || MEDDLING.test(name))),
  )
}

/** Whether a variable of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name)
}
