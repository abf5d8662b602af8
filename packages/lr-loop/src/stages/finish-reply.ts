import type { LoopContext } from '../loop-context.ts'
import { useReply } from './ask-model.ts'
import { recordAnswer } from './record-answer.ts'
import { runStage } from './run-stage.ts'

/**
 * Completes the work on a reply that an interrupt cut short while it was being written: afterwards its versions are whole,
 * committed and recorded.
 *
 * @throws CommandError if a stage fails
 */
export async function finishReply(context: LoopContext): Promise<void> {
  const { folder, state } = context
  const iteration = state.rounds.length
  const isRecorded = folder.journal.events.some((event) => event.event === 'replied' && event.iteration === iteration)
  if (isRecorded || !folder.wasStarted({ stage: 'apply', iteration })) return
  // It has ended: the reply is there.
  const reply = await runStage({ stage: 'llm', iteration, input: undefined }, context)
  recordAnswer(iteration, await useReply(iteration, reply, context), context)
}
