/**
 * A pattern of git's as a regular expression over a whole path: `*` and `?` stay within a folder, `**` between slashes
 * crosses folders, `[…]` is a set of characters.
 */
export function globToRegExp(pattern: string, ignoreCase = false): RegExp {
  let source = ''
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at)
    const piece = /^(?:\*\*\/|\/\*\*$|\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|.)/s.exec(rest)?.[0] ?? ''
    source += translate(piece, at === 0 || pattern[at - 1] === '/')
    at += piece.length
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's')
}

function translate(piece: string, atStart: boolean): string {
  if (piece === '**/' && atStart) return '(?:.*/)?'
  if (piece === '/**') return '/.*'
  if (piece.startsWith('*')) return piece.endsWith('/') ? '[^/]*/' : '[^/]*'
  if (piece === '?') return '[^/]'
  return piece.startsWith('[') && piece.length > 1 ? translateSet(piece) : quote(piece.replace(/^\\(?=.)/s, ''))
}

function translateSet(piece: string): string {
  const [, not = '', set = ''] = /^\[([!^]?)(.*)\]$/s.exec(piece) ?? []
  return `[${not && '^'}${set.replaceAll(/[\\\]^[]/g, '\\$&')}]`
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
