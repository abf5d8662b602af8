import type { Draft } from './draft.ts'
import { isProse } from '../file-kind.ts'

const DEFINITION =
  /^\s*(?:(?:export|default|pub(?:\([^)]*\))?|public|private|protected|internal|static|async|abstract|final|inline|declare|local)\s+)*(?:def|class|function\*?|func|fn|sub|interface|type|enum|struct|trait|module|namespace|object|record|package|procedure|proc|CREATE TABLE)\s+([A-Za-z_$][\w$.]*)/
/** Names that only count in the first column. */
const OUTER: readonly RegExp[] = [
  /^(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)/,
  /^([A-Za-z_][\w-]*)\s*\(\)\s*\{/,
  /^[A-Za-z_][\w\s*&:<>]*?\b([A-Za-z_]\w*)\s*\([^;]*\)\s*\{?$/,
  /^\[{1,2}([\w.-]+)\]{1,2}\s*$/,
  /^(?:\s{0,2})"?([A-Za-z_][\w.-]*)"?\s*[:=](?!=)/,
]
const HEADING = /^#{1,6}\s+(\S.*?)\s*#*$/
/** So many names are asked for. */
const MOST_NAMES = 8

/** What a version would lose, in words: names that the file defines, else the range of its lines. */
export function describeGone(draft: Draft & { readonly oldLines: readonly string[] }): readonly string[] {
  const names = namesGone(draft)
  if (names.length > 0) return names.slice(0, MOST_NAMES)
  const there = new Set(draft.lines.map((line) => line.trim()))
  const isGone = (line: string) => line.trim() !== '' && !there.has(line.trim())
  return [`lines ${draft.oldLines.findIndex(isGone) + 1} to ${draft.oldLines.findLastIndex(isGone) + 1}`]
}

/** The names that the present version defines and the new one does not contain. */
export function namesGone({ path, lines, oldLines }: Draft & { readonly oldLines: readonly string[] }): string[] {
  const text = lines.join('\n')
  return [...namesDefined(path, oldLines)].filter((name) => !mentions(text, name))
}

/** The names that the lines of a file define. */
export function namesDefined(path: string, lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => nameDefinedBy(line, isProse(path)) ?? []))
}

function nameDefinedBy(line: string, inProse: boolean): string | undefined {
  if (inProse) return HEADING.exec(line)?.[1]
  const match = DEFINITION.exec(line) ?? OUTER.map((pattern) => pattern.exec(line)).find((found) => found !== null)
  return match?.[1]
}

/** Whether a text contains a name or a range of lines as words of their own, however the range is spelled. */
export function mentions(text: string, name: string): boolean {
  const pattern = name
    .replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
    .replace(/^lines (\d+) to (\d+)$/, String.raw`lines? $1(?:\s*[-–—]\s*|\s+(?:to|through|until|and)\s+)$2`)
  return new RegExp(String.raw`(?<![\w$])${pattern}(?![\w$])`, 'i').test(text)
}
