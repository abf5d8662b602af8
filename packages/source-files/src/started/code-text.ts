/** What a text of Python, JavaScript, Perl, Ruby or PHP starts (`python3 -c TEXT`, `node -e TEXT`). */
export interface CodeText {
  /** Python modules. */
  readonly modules: readonly string[]
  /** Where it looks for them. */
  readonly folders: readonly string[]
  /** Files, as they are named: without an extension they may have any. */
  readonly files: readonly string[]
  /** Text for a shell. */
  readonly texts: readonly string[]
}

/** The text compares what it has loaded: then that is what is checked. */
const COMPARES = /[=!]==?|(?<![=-])[<>]|\b(?:assert\w*|raise|throw|if|unless|not|in|is|die|expect|should)\b|\?/

const IMPORTS = /^\s*(?:import\s+([\w., ]+?)|from\s+([\w.]+)\s+import\b.*)\s*$/
const LOADS =
  /\b(?:require|require_relative|require_once|include|import|load|do|dofile|run_path|run_module|import_module|exec|execfile|source_file)\b[\s([]*(?:open\s*\(\s*)?(["'])([^"'\n]+)\1/g
const RUNS =
  /\b(?:system|popen|call|check_call|check_output|run|Popen|execSync|execFileSync|spawnSync|spawn|passthru|shell_exec)\b[\s([]*(["'])([^"'\n]+)\1/g
const FOLDERS = /\bsys\.path\.(?:insert|append)\(\s*(?:\d+\s*,\s*)?(["'])([^"'\n]+)\1/g
/** What is loaded to be looked at. */
const IS_DATA = /\.(?:jsonc?|json5|ya?ml|toml|csv|tsv|xml|html?|css|txt|md|ini|cfg|sql)$/i
/** `import 'FILE'` and `import X from 'FILE'` of JavaScript. */
const FROM = /\bfrom\s*(["'])([^"'\n]+)\1/g

/** A statement that only loads: a text of such asks whether what it names can be loaded, and that is what is checked. */
const ONLY_LOADS = /^\s*(?:(?:import|from)\b[^()]*|(?:await\s+)?(?:require|import)\s*\(\s*""\s*\))?\s*$/

export function readCode(text: string): CodeText {
  const code = text.replaceAll(/(["'])(?:\\.|(?!\1)[^\\\n])*\1/g, '""')
  if (COMPARES.test(code) || code.split(/[;\n]/).every((line) => ONLY_LOADS.test(line)))
    return { modules: [], folders: [], files: [], texts: [] }
  const quoted = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, , value = '']) => value)
  return {
    modules: text.split(/[;\n]/).flatMap((line) => modulesIn(line)),
    folders: quoted(FOLDERS),
    files: [...quoted(LOADS), ...quoted(FROM)].filter((file) => !IS_DATA.test(file)),
    texts: quoted(RUNS),
  }
}

function modulesIn(line: string): string[] {
  const [, names, from] = IMPORTS.exec(line) ?? []
  if (from !== undefined) return [from]
  return (names ?? '')
    .split(',')
    .map((name) => name.trim().replace(/\s+as\s+.*$/, ''))
    .filter((name) => name !== '')
}
