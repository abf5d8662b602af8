import { type Opener, readOpener } from '@loop-runner/block-format'
import { isCloser } from './closer.ts'
import type { ReplyLines } from './reply-lines.ts'
import { joinLines } from '../text-lines.ts'

/** A block of which every line carries the same prefix: an indent (D14), or `> ` (D15). */
export interface PrefixedBlock {
  readonly name: string
  readonly prefix: string
  /** Its lines without the prefix, each ended by LF. */
  readonly content: string
  /** The index of the closer's line. */
  readonly closer: number
}

const PREFIX = /^(?:[ \t]+|(?:> ?)+)(?=<{4})/

/** Finds prefixed blocks; the lines looked at in vain are counted, so that a hostile reply costs no more than twice its length. */
export function makePrefixedReader(lines: ReplyLines): (at: number) => PrefixedBlock | undefined {
  let budget = 2 * lines.length + 100
  return (at) => {
    const line = lines.at(at)
    const prefix = PREFIX.exec(line)?.[0]
    const opener = prefix === undefined ? undefined : readOpener(line.slice(prefix.length))
    if (prefix === undefined || !opener) return undefined
    const content: string[] = []
    for (let index = at + 1; index < lines.length && budget-- > 0; index++) {
      const rest = withoutPrefix(lines.at(index), prefix)
      if (rest === undefined) return undefined
      if (isEnd(rest, opener)) return { name: opener.name, prefix, content: joinLines(content), closer: index }
      content.push(rest)
    }
    return undefined
  }
}

function isEnd(line: string, opener: Opener): boolean {
  return isCloser(line, opener.closerWidth / 2)
}

/** A line without its prefix; a blank line need not carry it. */
function withoutPrefix(line: string, prefix: string): string | undefined {
  if (line.startsWith(prefix)) return line.slice(prefix.length)
  return line.trim() === '' || line === prefix.trimEnd() ? '' : undefined
}
