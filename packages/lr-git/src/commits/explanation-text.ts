import { CONTROL, HIDDEN } from '@loop-runner/cli-kit'
import { LINE_LENGTH, wrapLine } from './wrap-line.ts'

/** A line that begins a heading, list, quote, table, fence or indented code, or that underlines the line above. */
const BLOCK_START = /^(?:\s|[-+*=#>|:~]|\d+[.)])/
/** Spans of code, names with underscores, and characters without a meaning in Markdown and HTML. */
const PROSE = /^(?:`[^`\s](?:[^`]*[^`\s])?`|(?<=\w)_(?=\w)|&(?![\w#])|@(?!\w)|[^\\`*_<>[\]|~^$&@])*$/u
/** Longer words are no prose. */
const MAX_PROSE = 500
const ADDRESS = /:\/\/|\bwww\./

/** Text in which control characters and marks of direction are visible: `\u{202e}` for one that reverses text. */
export function showHidden(text: string): string {
  const escape = (mark: string) => `\\u{${mark.codePointAt(0)?.toString(16)}}`
  return text.replaceAll(CONTROL, escape).replaceAll(HIDDEN, escape)
}

/**
 * An explanation as a part of FIXES.md. Prose stays prose; text with any Markdown or HTML in it becomes a block of text,
 * which cannot add headings, links or comments, and which linters of Markdown accept whatever it holds.
 */
export function explanationText(explanation: string): string {
  const text = showHidden(explanation.replaceAll('\r\n', '\n')).replaceAll('\t', '    ')
  const lines = text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), LINE_LENGTH))
  return lines.every(isProse) ? lines.join('\n').replaceAll(/\n{3,}/g, '\n\n') : fence(lines)
}

function isProse(line: string): boolean {
  return line.length <= MAX_PROSE && PROSE.test(line) && !BLOCK_START.test(line) && !ADDRESS.test(line)
}

/**
 * The fence is longer than any run of back quotes in it. Linters want no prompt before commands if nothing but commands is
 * shown.
 */
function fence(all: readonly string[]): string {
  const isCommand = (line: string) => /^\s*\$\s/.test(line)
  const isOnlyCommands = all.every((line) => line === '' || isCommand(line))
  const lines = isOnlyCommands ? all.map((line) => line.replace(/^\s*(?:\$\s+)+/, '')) : all
  const runs = lines.join('\n').match(/`+/g) ?? []
  const marks = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return [`${marks}text`, ...lines, marks].join('\n')
}
