import { isBlock, type Part } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import { EDGES } from './edges.ts'
import { blocksNamed, wronglyShown } from './faults.ts'
import type { Behaviour, Material, StageCase } from './stage-case.ts'

/** A check stage reads nothing: LR_SOURCES names what it checks. 3 is no verdict, and ends a loop. */
export function checkCases({ subject }: Material): StageCase[] {
  const edges = EDGES.map(({ what, content }): StageCase => ({
    what: `a source with ${what}`,
    files: { [subject]: content },
    statuses: [0, 1, 3],
    judge: (behaviour) => [...wronglyShown(behaviour), ...contradictions(behaviour)],
  }))
  return [
    {
      what: 'the sources as they are',
      statuses: [0, 1],
      judge: (behaviour) => [...lacksRun(behaviour.parts), ...wronglyShown(behaviour), ...contradictions(behaviour)],
    },
    ...edges,
    { what: 'its output is not read', isUnread: true, statuses: [0, 1, 3] },
  ]
}

function lacksRun(parts: readonly Part[]): string[] {
  const judged = parts.findIndex((part) => isBlock(part) && part.name === '')
  const says = parts
    .slice(judged)
    .some((part) => isBlock(part) && (part.name === ROLE.status || part.name === ROLE.outcome))
  return judged >= 0 && says ? [] : ['no run is shown (an unnamed block with the command line, then a block "status")']
}

/** The exit code is the verdict that the loop takes; it must be that of the runs. */
function contradictions({ status, parts }: Behaviour): string[] {
  const outcomes = blocksNamed(parts, ROLE.outcome).map(({ content }) => content.trim() === 'pass')
  const runs =
    outcomes.length > 0 ? outcomes : blocksNamed(parts, ROLE.status).map(({ content }) => content.trim() === '0')
  if (status === 0 && runs.includes(false)) return ['exit code 0, yet a run fails']
  return status === 1 && runs.length > 0 && !runs.includes(false) ? ['exit code 1, yet every run passes'] : []
}
