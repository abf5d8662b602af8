import * as z from 'zod/mini'
import { parseJson, UsageError } from '@loop-runner/cli-kit'

/** The fields of the input of a stop hook of claude and codex that are used here. */
const HookInput = z.object({
  session_id: z._default(z.string(), ''),
  /** Whether the agent is at work because a stop hook sent it back. */
  stop_hook_active: z._default(z.boolean(), false),
  hook_event_name: z._default(z.string(), 'Stop'),
})
export type HookInput = z.infer<typeof HookInput>

/** @throws UsageError for text that is not the input of a stop hook */
export function readHookInput(text: string): HookInput {
  const { success, data } = HookInput.safeParse(parseJson(text))
  if (!success) throw new UsageError('standard input: not the JSON of a stop hook (--hook is run by an agent)')
  if (data.hook_event_name !== 'Stop' && data.hook_event_name !== 'SubagentStop') {
    throw new UsageError(`the hook of ${JSON.stringify(data.hook_event_name)}: not a stop hook (register it for Stop)`)
  }
  return data
}
