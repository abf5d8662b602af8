import { extname } from 'node:path'
import { startsShell } from '@loop-runner/source-files'
import { isDocument } from './flips/flip-document.ts'

/** How a script in a language exits with 1, and code that may end it before its last line. */
interface ScriptEnd {
  readonly line: string
  readonly ownEnds: RegExp
}

/** An end with another code than 0 is no way to pass. */
const SHELL: ScriptEnd = { line: 'exit 1', ownEnds: /\bexec\b|\b(?:exit|return)\b(?!\s+[1-9])|<<-?\s*\S+[^]*$/ }
const SCRIPT: ScriptEnd = { line: ';process.exit(1)', ownEnds: /\bprocess\.(?:exit|on)\b(?!\(\s*[1-9])|\breturn\b/ }

const ENDS: Readonly<Record<string, ScriptEnd>> = {
  '.sh': SHELL,
  '.bash': SHELL,
  '.zsh': SHELL,
  '.js': SCRIPT,
  '.cjs': SCRIPT,
  '.mjs': SCRIPT,
  '.py': {
    line: 'raise SystemExit(1)',
    ownEnds: /\b(?:main|run|quit)\s*\(|\bSystemExit\b|\bexit\b(?!\(\s*[1-9])/,
  },
  '.php': { line: 'exit(1);', ownEnds: /\b(?:exit|die)\b(?!\(\s*[1-9])|\?>|__halt_compiler/ },
  '.pl': { line: 'exit 1;', ownEnds: /\b(?:exit|END|Test::\w+)\b(?!\s*\(?\s*[1-9])|__(?:END|DATA)__|^=\w/m },
  '.lua': { line: 'os.exit(1)', ownEnds: /\bos\.exit\b(?!\(\s*[1-9])|^return\b/m },
  '.rb': { line: 'exit 1', ownEnds: /minitest|test\/unit|rspec|at_exit|__END__|\bexit\b!?(?!\s*\(?\s*[1-9])/i },
}

/**
 * A check script with an end of its own that fails; undefined if it may not get there by itself. If it passes all the same,
 * the code under test ends the process, or changes how it ends.
 */
export function withFailingEnd(path: string, text: string): string | undefined {
  const end = endOf(path, text)
  // The end that it has on its last line makes way for ours.
  const rest = text.replace(/\n(?:exit|process\.exit|sys\.exit|os\.exit|raise SystemExit)\b[^\n]*\s*$/, '\n')
  if (end === undefined || end.ownEnds.test(rest)) return undefined
  return `${rest}${rest.endsWith('\n') ? '' : '\n'}${end.line}\n`
}

/**
 * A file that no language can read to its end, or that ends at once with a failure: a check that passes with it does not read
 * this file.
 */
export function withBrokenStart(path: string, text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const isHeld = first.startsWith('#!') || first.startsWith('<?php')
  const start = startOf(path, first)
  return (isHeld ? [first, start, ...rest] : [start, first, ...rest]).join('\n')
}

function startOf(path: string, first: string): string {
  const extension = extname(path)
  if (extension === '.php') return first.startsWith('<?php') ? 'exit(1);' : '<?php exit(1); ?>'
  // A test of doctest that fails.
  if (isDocument(path)) return '>>> 1\n2\n'
  return endOf(path, first) === SHELL ? 'exit 1' : ')]}'
}

function endOf(path: string, text: string): ScriptEnd | undefined {
  return ENDS[extname(path)] ?? (startsShell(text) ? SHELL : undefined)
}
