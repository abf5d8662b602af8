import { writeStream } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import { EDGES } from './edges.ts'
import { touched } from './faults.ts'
import { BROKEN_STREAM } from './sample-stream.ts'
import type { Behaviour, Material, StageCase } from './stage-case.ts'

/** A git stage is called with "start" once and with "commit" after each apply, whose report it gets. */
export function gitCases({ subject }: Material): StageCase[] {
  const report = writeStream([
    { name: ROLE.changed, content: `${subject}\n` },
    { name: ROLE.explanation, content: 'One is two now.\n' },
  ])
  const commits = EDGES.map(({ what, content }): StageCase => ({
    what: `commit of a file with ${what}`,
    first: 'start',
    changes: { [subject]: content },
    action: 'commit',
    input: report,
    statuses: [0],
    judge: lostFiles,
  }))
  const commit = (what: string, input: string, statuses: readonly number[]): StageCase => ({
    what: `commit ${what}`,
    first: 'start',
    action: 'commit',
    input,
    statuses,
    judge: lostFiles,
  })
  return [
    { what: 'start', action: 'start', statuses: [0], judge: lostFiles },
    ...commits,
    commit('of an empty report', '', [0, 1]),
    commit(
      'of a report that nothing changed',
      writeStream([{ name: ROLE.unchanged, content: `${subject}\n` }]),
      [0, 1],
    ),
    commit('of a report that ends inside a block', BROKEN_STREAM, [2]),
    { what: 'start, and its output is not read', action: 'start', isUnread: true, statuses: [0] },
  ]
}

/** A git stage may write files of its own, such as FIXES.md; the user's stay as they are. */
function lostFiles(behaviour: Behaviour): string[] {
  const made = [...behaviour.after.keys()].filter((path) => !behaviour.before.has(path))
  return touched(behaviour, made)
}
