import {
  type Catalogue,
  type ConfigFile,
  isObject,
  isUsersOwn,
  type Option,
  type OptionTable,
  resolveSettings,
  sectionOf,
  type Setting,
} from '@loop-runner/cli-kit'

/** Kinds of options whose values need no quotes. */
const PLAIN: ReadonlySet<Option['type']> = new Set(['flag', 'number', 'integer', 'duration', 'choice'])

/** How wide a line is before its origin, unless it is longer. */
const WIDTH = 44

/**
 * What the environment and the files set, as an lr.yaml would say it: by program, each value followed by its origin; what
 * a file may not hold, such as a key, as a comment.
 *
 * @throws UsageError for a variable whose value does not fit
 */
export function writeSettings(files: readonly ConfigFile[], catalogue: Catalogue, env: NodeJS.ProcessEnv): string {
  const lines = files.map(({ path, profile }) => `# ${path}${profile === undefined ? '' : `, profile ${profile}`}`)
  for (const [program, { options, ownKeys }] of Object.entries(catalogue)) {
    const settings = resolveSettings(options, { program, typed: new Map(), env, files })
    const section = writeSection(settings, options)
    if (section.length > 0) lines.push(`${sectionOf(program)}:`, ...section)
    for (const key of ownKeys) lines.push(...writeOwnKey(key, files, Object.hasOwn(options, key)))
  }
  const usersOwn = new Set(files.flatMap(({ keys }) => Object.keys(keys).filter(isUsersOwn)))
  for (const key of usersOwn) lines.push(...writeOwnKey(key, files, false))
  if (lines.length === files.length)
    lines.push('# nothing is set: all is as by default (see --show-config of a program)')
  return lines.map((line) => `${line}\n`).join('')
}

function writeSection(settings: ReadonlyMap<string, Setting>, options: OptionTable): string[] {
  const lines: string[] = []
  let opened: string | undefined
  for (const [name, { written, origin }] of settings) {
    const option = options[name]
    if (!option || option.notInFiles || origin === 'default' || origin === 'not set') continue
    // Members of a group stand together in a table of options.
    if (option.group !== undefined && option.group !== opened) lines.push(`  ${option.group}:`)
    opened = option.group
    lines.push(withOrigin(`${opened === undefined ? '' : '  '}  ${writeValue(name, option, written)}`, origin))
  }
  return lines
}

function writeValue(name: string, { type, secret }: Option, written: unknown): string {
  if (secret) return `# ${name}: (hidden)`
  return `${name}: ${PLAIN.has(type) ? String(written) : JSON.stringify(written)}`
}

/**
 * A key that a program or a script of the user reads itself; of a mapping the entries of all files, for they are put together.
 *
 * @param isOption it is also an option, unless its value is a mapping
 */
function writeOwnKey(key: string, files: readonly ConfigFile[], isOption: boolean): string[] {
  const entries = new Map<string, string>()
  for (const { path, keys, find } of files) {
    const value = keys[key]
    if (isOption && (typeof value !== 'object' || Array.isArray(value))) continue
    if (!isObject(value ?? {})) return [withOrigin(`${key}: ${JSON.stringify(value)}`, `${path}:${find([key]).line}`)]
    for (const [name, entry] of Object.entries(value ?? {})) {
      const line = `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`
      if (!entries.has(name)) entries.set(name, withOrigin(line, `${path}:${find([key, name]).line}`))
    }
  }
  return entries.size === 0 ? [] : [`${key}:`, ...entries.values()]
}

function withOrigin(text: string, origin: string): string {
  return `${text.padEnd(WIDTH)} # ${origin}`
}
