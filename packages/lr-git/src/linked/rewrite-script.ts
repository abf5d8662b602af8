import type { PathRewriter } from './path-rewriter.ts'

/** Some systems cut a longer first line off: Linux before 5.1. */
const LONGEST_SHEBANG = 127
const PYTHON_SHEBANG = /^#![ \t]*(\S*(?:python|pypy)[\d.]*)(.*)\n/

/** In an activate script, by the syntax of sh, csh and fish: a path that was written without quotes. */
const BARE_ASSIGNMENT =
  /^(\s*(?:export VIRTUAL_ENV=|VIRTUAL_ENV=|setenv VIRTUAL_ENV |set -gx VIRTUAL_ENV ))(\/[^'"\n]*)$/gm

/**
 * Rewrites the paths in a script. Where the path of its Python becomes too long for a first line, or has a blank, a shell
 * starts it, in the form that pip writes.
 */
export function rewriteScript(text: string, rewrite: PathRewriter): string {
  const [line = '', interpreter = '', options = ''] = PYTHON_SHEBANG.exec(text) ?? []
  const moved = rewrite(interpreter)
  const fits = !/\s/.test(moved) && `#!${moved}${options}\n`.length <= LONGEST_SHEBANG
  if (moved === interpreter || fits) return quoteBare(rewrite(text))
  return `#!/bin/sh\n'''exec' "${moved}"${options} "$0" "$@"\n' '''\n${rewrite(text.slice(line.length))}`
}

function quoteBare(text: string): string {
  return text.replaceAll(BARE_ASSIGNMENT, (line, start: string, path: string) =>
    /[^\w/.+@%:=,\x80-\xff-]/.test(path) ? `${start}'${path}'` : line,
  )
}
