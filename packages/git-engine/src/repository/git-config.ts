/** The effective configuration of a repository, all scopes. */
export interface GitConfig {
  /** The last value of a key (`section.name` in lower case; a subsection as it is written); `''` for a bare key. */
  get(key: string): string | undefined
  keys(): readonly string[]
}

/** Reads what `git config --list -z` prints. */
export function parseConfigList(list: string): GitConfig {
  const values = new Map<string, string>()
  for (const item of list.split('\0')) {
    const newline = item.indexOf('\n')
    // A key without a value is true.
    if (item !== '')
      values.set(newline < 0 ? item : item.slice(0, newline), newline < 0 ? 'true' : item.slice(newline + 1))
  }
  return { get: (key) => values.get(key), keys: () => [...values.keys()] }
}

/** A boolean as git reads it; undefined where it is not set. */
export function readBoolean(config: GitConfig, key: string): boolean | undefined {
  const value = config.get(key)?.toLowerCase()
  if (value === undefined) return undefined
  return !['', 'false', 'no', 'off', '0'].includes(value)
}
