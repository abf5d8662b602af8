import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '@loop-runner/test-kit'
import { followEvents } from '../src/serve/follow-events.ts'

const line = (second: number, name: string) =>
  `${JSON.stringify({ time: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`, event: 'found', name })}\n`

/** A run that has ended, with these journals: its own, then those of its attempts. */
function makeRun(journals: readonly string[]) {
  const folder = tempFolder()
  for (const [attempt, text] of journals.entries()) {
    const path = join(
      folder.path,
      ...(attempt === 0 ? [] : ['attempts', `${basename(folder.path)}-${attempt}`]),
      'journal.jsonl',
    )
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return folder
}

async function follow(path: string, from = ''): Promise<[id: string, name: string][]> {
  const events: [string, string][] = []
  for await (const event of followEvents(path, from, new AbortController().signal)) {
    if (event) events.push([event.id, String(Reflect.get(event.data, 'name'))])
  }
  return events
}

test.each<{ what: string; journals: string[]; names: string[] }>([
  { what: 'one journal', journals: [line(1, 'a') + line(2, 'b')], names: ['a', 'b'] },
  {
    what: 'attempts, by time',
    journals: [line(1, 'a') + line(4, 'd'), line(2, 'b'), line(3, 'c')],
    names: ['a', 'b', 'c', 'd'],
  },
  {
    what: 'a clock that goes back',
    journals: [line(5, 'a') + line(1, 'b') + line(6, 'd'), line(5, 'c')],
    names: ['a', 'b', 'c', 'd'],
  },
  { what: 'lines that are not events', journals: [`${line(1, 'a')}{broken\n${line(2, 'b')}[]\n`], names: ['a', 'b'] },
  { what: 'a line that is not complete', journals: [line(1, 'a') + line(2, 'b').trimEnd()], names: ['a'] },
  { what: 'no journal', journals: [], names: [] },
])('$what: every event once, from each position on', async ({ journals, names }) => {
  using run = makeRun(journals)
  const all = await follow(run.path)
  expect(all.map(([, name]) => name)).toEqual(names)
  for (const [index, [id]] of all.entries()) expect(await follow(run.path, id)).toEqual(all.slice(index + 1))
})

test.each(['x', '-1', '1.', '1,2', '99999999999', '1e5'])('the position %j is the beginning', async (from) => {
  using run = makeRun([line(1, 'a')])
  expect(await follow(run.path, from)).toHaveLength(1)
})
