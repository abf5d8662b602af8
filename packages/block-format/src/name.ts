/** The letters after a backslash that C and git use for control characters. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
}
const LETTERS = new Map(Object.entries(ESCAPES).map(([letter, char]) => [char, letter]))

const ROLE = /^[a-z][a-z0-9-]*$/
const NEEDS_QUOTES = /^[ "]| $|[\x00-\x1f\x7f\\]/
const TO_ESCAPE = /[\x00-\x1f\x7f"\\]/g
const QUOTED = /^"(?:[^"\\]|\\(?:[abtnvfr"\\]|[0-3][0-7]{2}))*"$/
const ESCAPE_RUN = /(?:\\[0-7]{3})+|\\[abtnvfr"\\]/g

/** Whether a name is a role: one lowercase word. Every other name is a path (docs/format.md, "Names"). */
export function isRole(name: string): boolean {
  return ROLE.test(name)
}

/** The name of the block that holds the file `path`: `./configure` for a path that would read as a role. */
export function nameOfPath(path: string): string {
  return isRole(path) ? `./${path}` : path
}

/** The path that a block's name stands for, without a leading `./`. */
export function pathOfName(name: string): string {
  return name.startsWith('./') ? name.slice(2) : name
}

/** A name as it stands in an opener: in double quotes with C escapes where it has to be. */
export function spellName(name: string): string {
  if (!NEEDS_QUOTES.test(name)) return name
  const escaped = name.replace(TO_ESCAPE, (char) => {
    const letter = LETTERS.get(char)
    return `\\${letter ?? char.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
  return `"${escaped}"`
}

/** The name that `spelling` stands for, or undefined where it is no valid name. */
export function readName(spelling: string): string | undefined {
  if (spelling === '' || /^[ \t\r]|[ \t\r]$/.test(spelling)) return undefined
  if (!spelling.startsWith('"')) return spelling
  if (!QUOTED.test(spelling) || spelling.length < 3) return undefined
  try {
    return spelling.slice(1, -1).replace(ESCAPE_RUN, unescapeRun)
  } catch {
    return undefined
  }
}

/** One escape, or a run of octal ones, which spell the bytes of UTF-8 text. Throws TypeError when they do not. */
function unescapeRun(run: string): string {
  const single = ESCAPES[run.slice(1)]
  if (single !== undefined) return single
  const bytes = run
    .split('\\')
    .slice(1)
    .map((octal) => Number.parseInt(octal, 8))
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
}
