import { readReply, type Reply } from '../index.ts'
import { joinLines, linesOf } from '../text-lines.ts'
import { review } from './review.ts'

/** What a reply does to files, without what only a tree can decide. */
export interface Taken {
  /** The new versions; `null` for a file to be deleted. */
  readonly writes: Readonly<Record<string, string | null>>
  /** The codes of what was rejected. */
  readonly rejected: readonly string[]
  readonly reply: Reply
}

/** Reads a reply and reviews its versions. A block without a name means the only file, if there is only one. */
export function take(text: string, files: Readonly<Record<string, string>>): Taken {
  const textOf = (path: string) => (path in files ? joinLines(linesOf(files[path] ?? '')) : undefined)
  const holdsLine = (path: string, line: string) => linesOf(files[path] ?? '').includes(line)
  const reply = readReply(text, { isKnown: (path) => path in files, holdsLine, textOf })
  const writes: Record<string, string | null> = {}
  const rejected = reply.rejected.map(({ code }): string => code)
  for (const { name, content, fence } of reply.blocks) {
    const [only, second] = Object.keys(files)
    const path = name === '' && second === undefined ? (only ?? '') : name
    if (name === 'deleted') writes[content.trim()] = null
    else if (path === '') rejected.push('no-name')
    else {
      const base = writes[path] ?? textOf(path)
      const given = { base, explanation: reply.explanation, ...(fence && { fence }) }
      const made = review(path, content, textOf(path), given)
      if ('refused' in made) rejected.push(made.refused.code)
      else if (made.content !== base) writes[path] = made.content
    }
  }
  return { writes: rejected.length > 0 ? {} : writes, rejected, reply }
}
