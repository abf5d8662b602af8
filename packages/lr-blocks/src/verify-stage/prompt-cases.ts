import type { Part } from '@loop-runner/block-format'
import { EDGES } from './edges.ts'
import { inventedFiles, notPassedOn, wronglyShown } from './faults.ts'
import { BROKEN_STREAM, checkedStream, UNKNOWN_BLOCKS, withContents } from './sample-stream.ts'
import type { Behaviour, Material, StageCase } from './stage-case.ts'

const LAST_LINE = 'the last line has no newline'

/** A prompt stage gets what the check printed; 1 means that no request is needed. */
export function promptCases({ files, subject }: Material): StageCase[] {
  const edges = EDGES.map(({ what, content }): StageCase => ({
    what: `a source with ${what}`,
    files: { [subject]: content },
    input: checkedStream(withContents(files, { [subject]: content })),
    statuses: [0],
    judge: faultsOfFiles,
  }))
  return [
    {
      what: 'a failing run, and blocks of unknown roles',
      input: checkedStream(files, UNKNOWN_BLOCKS),
      statuses: [0],
      judge: (behaviour) => [...notPassedOn(behaviour.parts, UNKNOWN_BLOCKS), ...faultsOfFiles(behaviour)],
    },
    ...edges,
    {
      what: 'text that ends without a newline',
      input: checkedStream(files, [{ text: LAST_LINE }]),
      statuses: [0],
      judge: ({ parts }) => gluedBlock(parts),
    },
    { what: 'an empty stream', input: '', statuses: [0, 1] },
    { what: 'a stream that ends inside a block', input: BROKEN_STREAM, statuses: [2] },
    { what: 'its output is not read', input: checkedStream(files), isUnread: true, statuses: [0, 1] },
  ]
}

function faultsOfFiles(behaviour: Behaviour): string[] {
  return [...wronglyShown(behaviour), ...inventedFiles(behaviour)]
}

/** An opener is one only at the beginning of a line. */
function gluedBlock(parts: readonly Part[]): string[] {
  const isGlued = parts.some((part) => 'text' in part && part.text.includes(`${LAST_LINE}<`))
  return isGlued
    ? ['a block begins in the middle of a line, so it is not a block (end the text with a newline first)']
    : []
}
