/** A launcher that downloads what it starts, and the variables that keep it to what is installed or in its cache. */
const DOWNLOADERS: readonly (readonly [RegExp, Readonly<Record<string, string>>])[] = [
  [/\b(?:uvx|uv\s+tool\s+run|uv\s+x)\b/, { UV_OFFLINE: '1' }],
  [/\b(?:pnpx|pnpm\s+(?:[^\s;&|]+\s+)*?dlx)\b/, { npm_config_offline: 'true' }],
  [/\byarn\s+dlx\b/, { YARN_ENABLE_NETWORK: '0' }],
  [/\b(?:bunx|bun\s+x)\b/, { BUN_CONFIG_REGISTRY: 'http://127.0.0.1:9' }],
  [/\bgo\s+run\s+(?:-\S+\s+)*[\w.-]+\.\w+\/\S+@/, { GOPROXY: 'off' }],
  [/\bpipx\s+run\b/, { PIP_NO_INDEX: '1' }],
]

/**
 * The variables by which a command line installs no checker by accident: a mistyped name is missing, not a stranger's
 * package. `npx` has its own variable, which holds for all checks.
 */
export function launcherEnvironment(line: string): Readonly<Record<string, string>> {
  return Object.assign({}, ...DOWNLOADERS.filter(([pattern]) => pattern.test(line)).map(([, set]) => set)) as Record<
    string,
    string
  >
}
