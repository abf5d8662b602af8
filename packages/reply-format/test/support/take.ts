import { readReply, type Reply, type ReplyBlock, type Review } from '../../src/index.ts'
import { joinLines, linesOf } from '../../src/text-lines.ts'
import type { Version } from '../../src/versions/review-version.ts'
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
  for (const block of reply.blocks) {
    const path = pathOf(block, Object.keys(files))
    if (block.name === 'deleted') writes[block.content.trim()] = null
    else if (path === '') rejected.push('no-name')
    else {
      const { movesFrom = path } = block
      const old = textOf(movesFrom)
      const base = writes[path] ?? old
      const made = reviewBlock(block, path, old, {
        base,
        explanation: reply.explanation,
        isEdit: block.isForeign !== undefined,
      })
      if ('refused' in made) rejected.push(made.refused.code)
      else if (made.content !== base || movesFrom !== path) {
        Object.assign(writes, movesFrom === path ? {} : { [movesFrom]: null }, { [path]: made.content })
      }
    }
  }
  return { writes: rejected.length > 0 ? {} : writes, rejected, reply }
}

function pathOf({ name }: ReplyBlock, [only = '', second]: readonly string[]): string {
  return name === '' && second === undefined ? only : name
}

function reviewBlock(block: ReplyBlock, path: string, old: string | undefined, given: Partial<Version>): Review {
  const { content, fence, movesFrom } = block
  const isRename = movesFrom !== undefined && content === ''
  return review(path, isRename ? (old ?? '') : content, old, { ...given, ...(fence && { fence }) })
}
