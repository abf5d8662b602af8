import { type Block, nameOfPath, type Part, pathOfName, writeBlock, writeStream } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import { EDGES } from './edges.ts'
import { blocksNamed, notPassedOn, touched } from './faults.ts'
import type { Behaviour, Material, StageCase } from './stage-case.ts'

const USAGE: Block = { name: ROLE.usage, content: '{"input":1,"output":1}\n' }

/** An apply stage gets a reply, writes what it may, and reports it: 0 when a file changed, 1 when none did. */
export function applyCases(material: Material): StageCase[] {
  return [...writingCases(material), ...refusingCases(material)]
}

function writingCases({ subject }: Material): StageCase[] {
  const edges = EDGES.map(({ what, content }): StageCase => {
    const changed = content.replace('three', 'THREE').replace(/^a line/, 'THE line')
    return {
      what: `a new version with ${what}`,
      files: { [subject]: content },
      input: reply([versionOf(subject, changed)]),
      statuses: [0],
      judge: (behaviour) => [
        ...(isContent(behaviour, subject, changed) ? [] : [`${subject} does not hold the bytes of the block`]),
        ...(isReported(behaviour.parts, subject) ? [] : [`"changed" does not name ${subject}`]),
        ...touched(behaviour, [subject]),
      ],
    }
  })
  return [
    ...edges,
    {
      what: 'a reply with what the model used',
      files: { [subject]: 'one\n' },
      input: reply([versionOf(subject, 'two\n'), USAGE]),
      statuses: [0],
      judge: ({ parts }) => notPassedOn(parts, [USAGE]),
    },
    {
      what: 'its output is not read',
      files: { [subject]: 'one\n' },
      input: reply([versionOf(subject, 'two\n')]),
      isUnread: true,
      statuses: [0, 1],
    },
  ]
}

function refusingCases({ subject }: Material): StageCase[] {
  const files = { [subject]: 'one\ntwo\n' }
  const nothing = (what: string, input: string, statuses: readonly number[] = [1]): StageCase => ({
    what,
    files,
    input,
    statuses,
    judge: (behaviour) => {
      const changes = touched(behaviour)
      const isWrong = changes.length === 0 && isReported(behaviour.parts, subject)
      return [...changes, ...(isWrong ? [`"changed" names ${subject}, which did not change`] : [])]
    },
  })
  return [
    nothing('an empty reply', ''),
    nothing('a reply without a new version', 'Nothing more can be improved.\n'),
    nothing('a version that is the same', reply([versionOf(subject, 'one\ntwo\n')])),
    // What was cut off is never applied, whether the stage calls it bad input or refuses the block.
    nothing('a version whose block is never closed', unclosed(subject, 'one\nTWO\n'), [1, 2]),
    nothing('a version of a file outside', reply([{ name: '../outside.txt', content: 'x\n' }]), [1, 2]),
  ]
}

function versionOf(path: string, content: string): Block {
  return { name: nameOfPath(path), content }
}

function reply(blocks: readonly Block[]): string {
  return writeStream([{ text: 'This is what I changed:\n' }, ...blocks])
}

function unclosed(path: string, content: string): string {
  return writeBlock(versionOf(path, content)).replace(/>+\n$/, '')
}

function isContent({ after }: Behaviour, path: string, content: string): boolean {
  return after.get(path)?.equals(Buffer.from(content)) === true
}

function isReported(parts: readonly Part[], path: string): boolean {
  return blocksNamed(parts, ROLE.changed).some(({ content }) =>
    content.split('\n').some((line) => pathOfName(line) === path),
  )
}
