import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import picomatch from 'picomatch'
import { PLAIN_STYLE, type TextStyle } from './text-style.ts'

const LINE_ENDS: Readonly<Record<string, TextStyle['lineEnd']>> = { lf: '\n', crlf: '\r\n', cr: '\r' }

/** The style that the tree's .editorconfig, else its .gitattributes, asks of a new file. @param path absolute @param top of the working tree */
export function styleOfNewFile(path: string, top: string): TextStyle {
  const { end_of_line: end = '', charset = '' } = editorConfigOf(path, top)
  const lineEnd = LINE_ENDS[end] ?? LINE_ENDS[gitAttributesOf(path, top).get('eol') ?? ''] ?? '\n'
  return { ...PLAIN_STYLE, lineEnd, hasByteOrderMark: charset === 'utf-8-bom' }
}

/** The properties that apply to a file: those of nearer folders, and of later sections, win. */
function editorConfigOf(path: string, top: string): Readonly<Record<string, string>> {
  let found: Record<string, string> = {}
  for (const folder of foldersFrom(path, top)) {
    const text = readIfFile(join(folder, '.editorconfig'))
    if (text === undefined) continue
    const { properties, isRoot } = readEditorConfig(text, relative(folder, path))
    found = { ...properties, ...found }
    if (isRoot) break
  }
  return found
}

function readEditorConfig(text: string, path: string): { properties: Record<string, string>; isRoot: boolean } {
  const properties: Record<string, string> = {}
  let isRoot = false
  let applies: boolean | undefined
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    if (line === '' || /^[#;]/.test(line)) continue
    const section = /^\[(.*)\]$/.exec(line)?.[1]
    if (section !== undefined) {
      applies = matchesGlob(section, path)
      continue
    }
    const [key = '', value = ''] = line.split('=').map((part) => part.trim().toLowerCase())
    if (applies === undefined && key === 'root') isRoot = value === 'true'
    if (applies) properties[key] = value
  }
  return { properties, isRoot }
}

/** The attributes that apply to a file: those of nearer folders, and of later lines, win. */
function gitAttributesOf(path: string, top: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const folder of foldersFrom(path, top).toReversed()) {
    for (const line of (readIfFile(join(folder, '.gitattributes')) ?? '').split(/\r?\n/)) {
      const [pattern = '', ...attributes] = line.trim().split(/\s+/)
      if (pattern === '' || pattern.startsWith('#') || !matchesGlob(pattern, relative(folder, path))) continue
      for (const attribute of attributes) {
        const [name = '', value = ''] = attribute.split('=')
        found.set(name.replace(/^[-!]/, ''), value)
      }
    }
  }
  return found
}

/** A pattern without a slash is matched against the file's name, in any folder. */
function matchesGlob(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\//, '')
  return picomatch.isMatch(path, plain, { dot: true, basename: !pattern.includes('/') })
}

/** The folders of a file, innermost first, up to the top. */
function foldersFrom(path: string, top: string): string[] {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder)
    if (folder === top || dirname(folder) === folder) return folders
  }
}

/** The text of a regular file; undefined if it does not exist, or is something that would keep us waiting. */
function readIfFile(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}
