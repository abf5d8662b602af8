import { basename } from 'node:path/posix'
import type { SourceFile } from '../evidence/evidence.ts'
import { pathWords } from '../evidence/path-words.ts'

const PATH_CHARACTER = String.raw`[\w./-]`

/** The paths of the sources that a text names: by their path, by an end of it, or by a base name that no other has. */
export function namedSources(text: string, sources: readonly SourceFile[]): Set<string> {
  const byBase = new Map<string, string[]>()
  for (const { path } of sources) byBase.set(basename(path), [...(byBase.get(basename(path)) ?? []), path])
  const named = new Set(sources.filter(({ path }) => stands(path, text)).map(({ path }) => path))
  for (const word of pathWords(text)) {
    if (/(?:^|\/)node_modules\//.test(word)) continue
    const short = word.replace(/^(?:\.{0,2}\/)+/, '')
    const same = (byBase.get(basename(short)) ?? []).filter(
      (path) => path === short || path.endsWith(`/${short}`) || short.endsWith(`/${path}`),
    )
    const [only] = same
    if (only !== undefined && same.length === 1) named.add(only)
  }
  return named
}

function stands(name: string, text: string): boolean {
  if (!text.includes(name)) return false
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<!${PATH_CHARACTER})(?:\\./)?${escaped}(?![\\w/-]|\\.\\w)`).test(text)
}
