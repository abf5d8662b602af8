import type { OutsideText } from '../reading/outside-text.ts'
import type { Finding, ReplyBlock, ReplyContext } from '../reply.ts'
import { chooseVersions } from './choose-versions.ts'
import { type Fence, splitFences } from './fences.ts'
import { ForeignWalk } from './foreign-walk.ts'
import type { OutsideLine } from './outside-line.ts'

/** What is around the forms of other tools in a reply. */
export interface Around {
  /** The blocks of ours. */
  readonly blocks: readonly ReplyBlock[]
  /** Whether blocks are between two lines of the reply. */
  readonly isApart: (from: number, to: number) => boolean
  readonly context: ReplyContext
}

/** What a reply says in the forms of other tools. */
export interface Foreign {
  readonly blocks: readonly ReplyBlock[]
  readonly noted: readonly Finding[]
  readonly rejected: readonly Finding[]
  /** The lines that are part of it, by their indices. */
  readonly taken: ReadonlySet<number>
  /** Those of them whose change names no file. */
  readonly unnamed: ReadonlySet<number>
}

/** So many lines outside blocks are looked at. */
const MOST_LINES = 200_000

/**
 * Reads what a reply says outside blocks in the forms that models were trained on: sections under a path, fences with a
 * path, patches. Anything else that looks like a change is rejected by the name of its form.
 */
export function readForeign(outside: OutsideText, around: Around): Foreign {
  if (outside.lineCount > MOST_LINES) {
    const message = `${outside.lineCount} lines outside blocks (send new versions in blocks, and a short explanation)`
    return { blocks: [], noted: [], rejected: [{ code: 'too-much', message }], taken: new Set(), unnamed: new Set() }
  }
  const walk = new ForeignWalk(around)
  for (const part of splitFences(outside.lines(), around.isApart)) {
    if (isFence(part)) walk.takeFence(part)
    else walk.takeLine(part)
  }
  walk.end()
  const chosen = chooseVersions(walk.versions, walk.edits.blocks, around)
  return {
    blocks: [...walk.edits.blocks, ...chosen.blocks].sort((left, right) => left.line - right.line),
    noted: [...walk.edits.noted, ...chosen.noted],
    rejected: [...walk.rejected, ...chosen.rejected],
    taken: new Set([...walk.taken, ...chosen.taken]),
    unnamed: new Set([...walk.unnamed, ...chosen.unnamed]),
  }
}

function isFence(part: Fence | OutsideLine): part is Fence {
  return 'open' in part
}
