import { ROLE } from '@loop-runner/stage-protocol'
import type { Attempt, NamedBlock } from '../evidence/evidence.ts'

/** Older attempts than the last few are one line each, and only so many of them are shown. */
const DETAILED = 5
const BRIEF = 15
/** Longest line of a model's or a check's words, in characters. */
const LONGEST_WORDS = 160
const MOST_REASONS = 4
const MOST_PATHS = 6

/** An attempt as it was read, before it is described. */
export type AttemptBlocks = readonly NamedBlock[]

/** Describes each attempt in a few lines: changes, the result of the check, rejected and undone versions. */
export function describeAttempts(all: readonly AttemptBlocks[]): Attempt[] {
  let before: number | undefined
  return all.map((blocks, index) => {
    const number = numberOf(blocks, index, all)
    const score = scoreIn(blocks)
    const fromEnd = all.length - index
    const text =
      fromEnd > DETAILED + BRIEF ? '' : describe(blocks, { number, before, isBrief: fromEnd > DETAILED }).join('')
    before = score ?? before
    return { number, score, blocks, text }
  })
}

/** The line that ends a history: which reply led to the best score; '' if no score is known. */
export function describeBest(attempts: readonly Attempt[]): string {
  const scored = attempts.filter(({ score }) => score !== undefined)
  const [first, ...others] = scored
  if (first === undefined || attempts.length < 2) return ''
  const best = others.reduce((most, one) => ((one.score ?? 0) > (most.score ?? 0) ? one : most), first)
  const state = best.number === 0 ? 'the files before the first reply' : `the files after reply ${best.number}`
  return `Best so far: ${state}, score ${spellScore(best.score ?? 0)}\n`
}

interface Context {
  readonly number: number
  /** The score of the attempt before. */
  readonly before: number | undefined
  readonly isBrief: boolean
}

function describe(blocks: AttemptBlocks, { number, before, isBrief }: Context): string[] {
  const subject = number === 0 ? 'Before the first reply' : `Reply ${number} ${whatItDid(blocks)}`
  const lines = [`${subject}${howItWent(blocks, before)}${takenBack(blocks)}\n`]
  if (isBrief) return lines
  const rejected = linesOf(blocks, ROLE.rejected)
  const [explanation] = linesOf(blocks, ROLE.explanation)
  lines.push(...rejected.slice(0, MOST_REASONS).map((line) => `  refused: ${cut(line)}\n`))
  if (rejected.length > MOST_REASONS) lines.push(`  refused: ${rejected.length - MOST_REASONS} more\n`)
  for (const role of ['blocked', 'note'])
    lines.push(
      ...linesOf(blocks, role)
        .slice(0, 1)
        .map((line) => `  ${cut(line)}\n`),
    )
  if (explanation !== undefined) lines.push(`  it said: ${cut(explanation)}\n`)
  return lines
}

function whatItDid(blocks: AttemptBlocks): string {
  const changed = linesOf(blocks, ROLE.changed)
  const unchanged = linesOf(blocks, ROLE.unchanged)
  const shown = linesOf(blocks, ROLE.show)
  if (changed.length > 0) return `changed ${list(changed)}${countLines(blocks)}`
  if (unchanged.length > 0) return `sent ${list(unchanged)} as it was, so it changed nothing`
  if (shown.length > 0) return `asked to see ${list(shown)}`
  if (linesOf(blocks, ROLE.rejected).length > 0) return 'changed nothing, because it was refused'
  return linesOf(blocks, ROLE.declared).length > 0 ? 'declared that nothing is left to do' : 'changed nothing'
}

/** ": fail, score 0.67 (0.33 before)" */
function howItWent(blocks: AttemptBlocks, before: number | undefined): string {
  const [outcome] = linesOf(blocks, ROLE.outcome)
  const score = scoreIn(blocks)
  const words = [
    ...(outcome === undefined ? [] : [`the check: ${cut(outcome)}`]),
    ...(score === undefined ? [] : [`score ${spellScore(score)}${moved(score, before)}`]),
  ]
  return words.length === 0 ? '' : `; ${words.join(', ')}`
}

function moved(score: number, before: number | undefined): string {
  if (before === undefined) return ''
  if (score === before) return ' (as before)'
  return ` (${score > before ? 'up' : 'down'} from ${spellScore(before)})`
}

function takenBack(blocks: AttemptBlocks): string {
  const [number] = linesOf(blocks, 'restored')
  if (number === undefined) return ''
  return number === '0'
    ? '; then all was taken back'
    : `; then the files were taken back to those after reply ${cut(number)}`
}

/** Lines that a diff adds and removes. */
function countLines(blocks: AttemptBlocks): string {
  const diff = blocks.find(({ name }) => name === ROLE.diff)?.content ?? ''
  const added = diff.match(/^\+(?!\+\+ )/gm)?.length ?? 0
  const removed = diff.match(/^-(?!-- )/gm)?.length ?? 0
  return added + removed === 0 ? '' : ` (+${added} -${removed} lines)`
}

function numberOf(blocks: AttemptBlocks, index: number, all: readonly AttemptBlocks[]): number {
  const [given] = linesOf(blocks, 'iteration')
  if (given !== undefined && /^\d{1,6}$/.test(given)) return Number(given)
  const startsAtZero = linesOf(all[0] ?? [], 'iteration')[0] === '0'
  return startsAtZero ? index : index + 1
}

function scoreIn(blocks: AttemptBlocks): number | undefined {
  const [line] = linesOf(blocks, ROLE.score)
  const score = Number(line ?? Number.NaN)
  return Number.isFinite(score) ? score : undefined
}

/** Rounded down, so that only a pass is 1.00. */
function spellScore(score: number): string {
  return (Math.floor(score * 100 + 1e-6) / 100).toFixed(2)
}

function linesOf(blocks: AttemptBlocks, role: string): string[] {
  const content = blocks.filter(({ name }) => name === role).map((block) => block.content)
  return content
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_PATHS).map(cut)
  return paths.length > MOST_PATHS ? `${shown.join(', ')} and ${paths.length - MOST_PATHS} more` : shown.join(', ')
}

function cut(words: string): string {
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS).replace(/[\uD800-\uDBFF]$/, '')}…`
}
