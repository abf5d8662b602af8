import { closeSync, constants, openSync, readSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { interpreterOf, PYTHON } from '@loop-runner/source-files'

const BY_EXTENSION: Readonly<Record<string, string>> = {
  py: 'python',
  pyi: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'jsx',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  json: 'json',
  webmanifest: 'json',
  jsonc: 'jsonc',
  json5: 'json5',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  toml: 'toml',
  yaml: 'yaml',
  yml: 'yaml',
  sh: 'shell',
  bash: 'shell',
  bats: 'bats',
  c: 'c',
  h: 'c',
  cc: 'c++',
  cpp: 'c++',
  cxx: 'c++',
  hpp: 'c++',
  hh: 'c++',
  go: 'go',
  rs: 'rust',
  php: 'php',
  pl: 'perl',
  pm: 'perl',
  t: 'perl',
  rb: 'ruby',
  lua: 'lua',
  md: 'markdown',
  markdown: 'markdown',
  css: 'css',
  dockerfile: 'dockerfile',
  xml: 'xml',
  svg: 'xml',
  xsd: 'xml',
  xsl: 'xml',
}

/** Files that are JSON with comments, whatever their extension says. */
const JSON_WITH_COMMENTS = /^(?:[tj]sconfig.*\.json|\.(?:eslintrc|oxlintrc|babelrc)(?:\.json)?|devcontainer\.json)$/

const BY_INTERPRETER: readonly (readonly [RegExp, string])[] = [
  [PYTHON, 'python'],
  // Those whose language checkers of shell scripts know.
  [/^(?:ba|da|k)?sh$/, 'shell'],
  [/^bats$/, 'bats'],
  [/^node(?:js)?$/, 'javascript'],
  [/^perl[\d.]*$/, 'perl'],
  [/^php[\d.]*$/, 'php'],
  [/^ruby[\d.]*$/, 'ruby'],
  [/^lua[\d.]*$/, 'lua'],
]

/** Shells whose scripts are often named `.sh`, and of which no checker here knows the language. */
const OTHER_SHELL = /^(?:zsh|fish|t?csh|nu|pwsh|elvish|xonsh|tclsh|expect)$/

/** Types of scripts: their first line says more than their extension. */
const SCRIPT_TYPES = new Set(['shell', 'python', 'javascript', 'perl', 'php', 'ruby', 'lua'])

/** The type that the extension of a name stands for. */
export function typeOfName(path: string): string | undefined {
  return BY_EXTENSION[extname(path).slice(1).toLowerCase()]
}

/** The type of a source by its name and, for scripts, its first line; undefined if unknown, or if they disagree. */
export function typeOfFile(path: string, cwd: string): string | undefined {
  const name = basename(path)
  if (JSON_WITH_COMMENTS.test(name) || /(^|\/)\.vscode\/[^/]+\.json$/.test(path)) return 'jsonc'
  if (/^(?:Dockerfile|Containerfile)(?:\..+)?$/.test(name)) return 'dockerfile'
  const extension = extname(name).slice(1).toLowerCase()
  const byName = typeOfName(name)
  if (extension !== '' && !SCRIPT_TYPES.has(byName ?? '')) return byName
  const byLine = typeOfFirstLine(path, cwd)
  // No checker of either type can tell what is wrong with a file whose name and first line disagree.
  return byName === undefined || byLine === undefined || byLine === byName ? (byName ?? byLine) : undefined
}

/** The type that the first line of a file names; undefined if it names no known interpreter. */
export function typeOfFirstLine(path: string, cwd: string): string | undefined {
  const interpreter = interpreterOf(readFirstLine(join(cwd, path)))
  return OTHER_SHELL.test(interpreter) ? interpreter : typeOfInterpreter(interpreter)
}

/** The type that a `#!` line names. */
export function typeOfShebang(line: string): string | undefined {
  return typeOfInterpreter(interpreterOf(line))
}

function typeOfInterpreter(interpreter: string): string | undefined {
  return BY_INTERPRETER.find(([pattern]) => pattern.test(interpreter))?.[1]
}

/** Empty for a file that cannot be read or is not a regular file: reading the whole file reports it. */
function readFirstLine(path: string): string {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const bytes = Buffer.alloc(256)
    const length = readSync(descriptor, bytes, 0, bytes.length, 0)
    return bytes.toString('latin1', 0, length).split('\n', 1)[0] ?? ''
  } catch {
    return ''
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
