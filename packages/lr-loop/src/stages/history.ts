import { writeBlock } from '@loop-runner/block-format'
import { type Role, ROLE, writePaths } from '@loop-runner/stage-protocol'
import type { LoopEvent } from '../runs/loop-event.ts'

/**
 * The earlier replies of a run, as lr-prompt reads them by `--history`; empty before the first reply.
 *
 * @param iteration the one whose prompt is written; events of it and of later ones are left out
 */
export function writeHistory(events: readonly LoopEvent[], iteration: number): string {
  const past = events.filter((event) => 'iteration' in event && event.iteration < iteration)
  if (!past.some((event) => event.event === 'replied')) return ''
  const restored = events.flatMap((event) => (event.event === 'returned' && event.done ? [event] : []))
  return Array.from({ length: iteration }, (_, number) => [
    block('iteration', String(number)),
    ...past.flatMap((event) => ('iteration' in event && event.iteration === number ? blocksOf(event) : [])),
    ...restored.flatMap((event) => (event.iteration === number + 1 ? [block('restored', String(event.to))] : [])),
  ])
    .flat()
    .join('')
}

function blocksOf(event: LoopEvent): string[] {
  if (event.event === 'checked' && event.check === undefined)
    return [block(ROLE.outcome, event.passed ? 'pass' : 'fail'), block(ROLE.score, String(event.score))]
  return event.event === 'replied' ? blocksOfReply(event) : []
}

type Replied = Extract<LoopEvent, { event: 'replied' }>

const NOTES: Partial<Record<Replied['reply'], string>> = {
  unchanged: 'Every file in the reply was the file as it is.',
  incomplete: 'The reply was incomplete and was not used.',
  nothing: 'The reply held no new version of any file.',
  asked: 'The reply asked to see more files.',
  blocked: 'The reply said that it cannot be done.',
}

function blocksOfReply({ reply, files, rejected, explanation, declared }: Replied): string[] {
  const texts: readonly (readonly [Role | 'note', string | undefined])[] = [
    [ROLE.changed, writePaths(files).trimEnd()],
    [ROLE.rejected, rejected.join('\n')],
    [ROLE.declared, declared ? 'No further improvements possible' : ''],
    ['note', NOTES[reply]],
    [ROLE.explanation, explanation],
  ]
  return texts.flatMap(([name, text = '']) => (text === '' ? [] : [block(name, text)]))
}

function block(name: string, content: string): string {
  return writeBlock({ name, content: `${content}\n` })
}
