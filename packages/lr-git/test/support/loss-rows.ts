import { LOSS_KINDS, type LossKind } from './loss-kinds.ts'

/** A linked working tree, where a second run changes the same file. */
export const TRY = '../try'
/** Where `drop` saves what was done there. */
export const KEPT = '../kept'

/** How a run begins: as lr-loop begins it, by hand, or not at all. */
const STARTS = ['loop', 'hand', 'none'] as const
/** What is done after the reply; `commit` is all that is possible without a run. */
const ENDINGS: readonly (readonly string[])[] = [
  ['commit'],
  ['abandon'],
  ['undo'],
  ['best'],
  ['finish'],
  ['finish', '--squash'],
  ['fork', TRY],
  ['drop', '--save', KEPT, TRY],
  ['take', `${KEPT}/commits.bundle`],
]
/** These need linked working trees, which the native engine refuses. */
const LINKED = new Set(['fork', 'drop', 'take'])

/** A row: a file of a kind, changed by a reply, and what is done then. */
export interface LossRow {
  readonly kind: LossKind
  readonly start: (typeof STARTS)[number]
  readonly ending: readonly string[]
  readonly engine: 'git' | 'native'
}

export const LOSS_ROWS: readonly LossRow[] = (['git', 'native'] as const).flatMap((engine) =>
  LOSS_KINDS.flatMap((kind) =>
    STARTS.flatMap((start) =>
      ENDINGS.filter(
        ([command = '']) => (start !== 'none' || command === 'commit') && (engine === 'git' || !LINKED.has(command)),
      ).map((ending) => ({ kind, start, ending, engine })),
    ),
  ),
)

export function nameOf({ kind, start, ending, engine }: LossRow): string {
  return `${kind.name}, started by ${start}, ${ending.join(' ')}, ${engine}`
}
