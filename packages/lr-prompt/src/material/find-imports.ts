import { dirname, join } from 'node:path/posix'

/** What a file imports, as it is written: JavaScript, Python, Rust, Ruby, C, PHP. */
const IMPORTS: readonly RegExp[] = [
  /(?:from|import|require|require_relative)\s*\(?\s*['"]([^'"\n]+)['"]/g,
  /^\s*from\s+(\.*[\w.]+)\s+import\b/gm,
  /^\s*import\s+([\w.]+)/gm,
  /^\s*(?:pub\s+)?mod\s+(\w+)\s*;/gm,
  /^\s*(?:pub\s+)?use\s+(?:crate|super)::([\w:]+)/gm,
  /^\s*#\s*include\s+"([^"\n]+)"/gm,
]

/** The paths among `known` that a file imports. Go files import what stands beside them. */
export function findImports(path: string, content: string, known: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const pattern of IMPORTS) {
    for (const [, written = ''] of content.matchAll(pattern)) {
      for (const candidate of candidatesOf(written, path)) {
        for (const one of known) if (withoutExtension(one, candidate)) found.add(one)
      }
    }
  }
  if (path.endsWith('.go')) {
    for (const one of known) if (one.endsWith('.go') && dirname(one) === dirname(path)) found.add(one)
  }
  return found
}

/** Paths that an import may mean: from the file's folder, and, for a dotted name, from any folder. */
function candidatesOf(written: string, from: string): string[] {
  if (/^\.{1,2}\//.test(written)) return [join(dirname(from), written)]
  if (/^[\w.]+$/.test(written) && !written.includes('/')) {
    const names = written.replace(/^\.+/, '').split('.')
    return [join(dirname(from), names.join('/')), `*/${names.join('/')}`]
  }
  return [join(dirname(from), written), `*/${written.replaceAll('::', '/')}`]
}

function withoutExtension(path: string, candidate: string): boolean {
  const bare = path.replace(/(?:\/(?:index|__init__|mod))?\.\w+$/, '')
  const matches = (name: string) =>
    candidate.startsWith('*/') ? name === candidate.slice(2) || name.endsWith(candidate.slice(1)) : name === candidate
  return matches(path) || matches(bare) || bare === candidate.replace(/\.[cm]?[jt]sx?$/, '')
}
