import { closeSync, constants, openSync, readSync } from 'node:fs'
import { basename, extname, join } from 'node:path'

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
  [/^python[\d.]*$|^pypy[\d.]*$/, 'python'],
  [/^(?:ba|da|k)?sh$/, 'shell'],
  [/^node(?:js)?$/, 'javascript'],
  [/^perl[\d.]*$/, 'perl'],
  [/^php[\d.]*$/, 'php'],
  [/^ruby[\d.]*$/, 'ruby'],
  [/^lua[\d.]*$/, 'lua'],
]

/** The type of a source by its name or, where that has no extension, by its first line; undefined where nobody knows. */
export function typeOfFile(path: string, cwd: string): string | undefined {
  const name = basename(path)
  if (JSON_WITH_COMMENTS.test(name) || /(^|\/)\.vscode\/[^/]+\.json$/.test(path)) return 'jsonc'
  if (/^(?:Dockerfile|Containerfile)(?:\..+)?$/.test(name)) return 'dockerfile'
  const extension = extname(name).slice(1).toLowerCase()
  if (extension !== '') return BY_EXTENSION[extension]
  return typeOfShebang(readFirstLine(join(cwd, path)))
}

/** The type that a `#!` line names. */
export function typeOfShebang(line: string): string | undefined {
  const [, rest = ''] = /^#!\s*(.*)$/.exec(line) ?? []
  const words = rest.split(/\s+/).filter((word) => word !== '')
  const program = basename(words[0] ?? '')
  const interpreter =
    program === 'env'
      ? basename(words.slice(1).find((word) => !word.startsWith('-') && !word.includes('=')) ?? '')
      : program
  return BY_INTERPRETER.find(([pattern]) => pattern.test(interpreter))?.[1]
}

/** Empty for what cannot be read, or is no regular file: who reads the whole of it complains. */
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
