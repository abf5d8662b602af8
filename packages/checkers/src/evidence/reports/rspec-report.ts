import { indentOf, type Segment, SegmentBuilder } from './segment.ts'

const SUMMARY = /^\d+ examples?, \d+ failures?/
/** Below such a line the tree of examples has ended. */
const BELOW = /^(?:Pending: \(Failures listed here|Failures:$|Finished in |An error occurred |Randomized with seed)/
const START = /^ {2}\d+\) \S/
const END = /^(?:Finished in |Top \d+ |Failed examples:|Pending: |Failures:|Randomized with seed|\d+ examples?, )/
const NOISE =
  /^(?:Failures:|Failed examples:|Pending: .*|rspec \S+.* # .*|rspec '?\S+|Finished in .*|[.F*]+|Randomized with seed .*|Run options: .*)$/

/** RSpec: with `--format documentation` the examples stand in a tree above the failures, those that pass by their name alone. */
export function readRspec(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => SUMMARY.test(line))) return undefined
  const below = lines.findIndex((line) => BELOW.test(line))
  const tree = below < 0 ? 0 : below
  const builder = new SegmentBuilder()
  readTree(builder, lines.slice(0, tree))
  let isPending = false
  for (const line of lines.slice(tree)) {
    if (END.test(line)) isPending = line.startsWith('Pending: ')
    if (START.test(line) && !isPending) builder.begin(line)
    else if (builder.isInRecord && !END.test(line)) builder.continue(line)
    else builder.add(NOISE.test(line) || isPending ? 'noise' : 'text', line)
  }
  return builder.segments
}

/** A line with a line below it that is indented further is the name of a group. */
function readTree(builder: SegmentBuilder, lines: readonly string[]): void {
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1] ?? ''
    const isGroup = indentOf(next) > indentOf(line) && next.trim() !== ''
    if (/\((?:FAILED - \d+|ERROR - \d+)\)$/.test(line) || isGroup || NOISE.test(line)) builder.add('noise', line)
    else if (/^ +\S/.test(line)) builder.add('pass', line)
    else builder.add('text', line)
  }
}
