import { isDeclaration } from './declared.ts'

/** A line outside blocks and reasoning, with its index in the reply. */
export interface OutsideLine {
  readonly index: number
  readonly line: string
}

const FENCE = /^\s*(`{3,}|~{3,})(.*)$/

/**
 * What a model says beside its blocks: the explanation, and the declaration that it is done. A fence round blocks is
 * no part of either (D2, D3); inside any other fence nothing is declared (D83).
 *
 * @param openers the indices of the lines that open blocks, ascending
 */
export function readOutsideText(
  outside: readonly OutsideLine[],
  openers: readonly number[],
): { explanation: string; declared: string | undefined } {
  const { dropped, fenced } = pairFences(outside, openers)
  const kept: string[] = []
  let declared: string | undefined
  for (const { index, line } of outside) {
    if (dropped.has(index)) continue
    if (!fenced.has(index) && isDeclaration(line)) declared = line.trim()
    else kept.push(line)
  }
  return { explanation: trimBlankLines(kept), declared }
}

interface Fence {
  readonly index: number
  readonly sign: string
  /** The lines inside. */
  readonly inside: number[]
}

/** Which fence lines stand round blocks, and which lines stand inside fences that do not. */
function pairFences(outside: readonly OutsideLine[], openers: readonly number[]) {
  const dropped = new Set<number>()
  const fenced = new Set<number>()
  let open: Fence | undefined
  const close = ({ index, inside }: Fence, end: number) => {
    if (!hasBetween(openers, index, end)) for (const line of inside) fenced.add(line)
    else dropped.add(index).add(end)
  }
  for (const { index, line } of outside) {
    const fence = readFence(line)
    if (open && !endsFence(open, fence)) open.inside.push(index)
    else if (open) {
      close(open, index)
      open = undefined
    } else if (fence) open = { index, sign: fence.sign, inside: [] }
  }
  if (open && hasBetween(openers, open.index, Infinity)) dropped.add(open.index)
  return { dropped, fenced }
}

interface FenceLine {
  readonly sign: string
  readonly info: string
}

function readFence(line: string): FenceLine | undefined {
  const [, sign, info = ''] = FENCE.exec(line) ?? []
  return sign === undefined ? undefined : { sign, info }
}

function endsFence(open: Fence, fence: FenceLine | undefined): boolean {
  return fence !== undefined && fence.sign.startsWith(open.sign) && fence.info.trim() === ''
}

function hasBetween(ascending: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = ascending[middle]
    if (one !== undefined && one <= from) low = middle + 1
    else high = middle
  }
  const next = ascending[low]
  return next !== undefined && next < to
}

function trimBlankLines(lines: readonly string[]): string {
  let [from, to] = [0, lines.length]
  while (from < to && lines[from]?.trim() === '') from++
  while (to > from && lines[to - 1]?.trim() === '') to--
  return from === to ? '' : `${lines.slice(from, to).join('\n')}\n`
}
