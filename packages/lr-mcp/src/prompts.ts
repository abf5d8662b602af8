import { quoteCommand } from '@loop-runner/cli-kit'
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import * as z from 'zod'
import { onlyCommand } from './policy/allowed-check.ts'
import type { Session } from './tools/tool.ts'

export function registerPrompts(server: McpServer, { patterns }: Session): void {
  server.registerPrompt(
    'make-check-pass',
    {
      title: 'Make this check pass',
      description: 'Work on the sources until the check passes, as the check says and not as you believe.',
      argsSchema: {
        check: z.string().max(1000).optional().describe('check command (default: the one that the user allowed)'),
        sources: z.string().max(4000).optional().describe('files and folders that may change'),
        task: z.string().max(10_000).optional().describe('what is to be done, beyond the check'),
      },
    },
    ({ check, sources, task }) => {
      const command = onlyCommand(patterns)
      const named = check ?? (command === undefined ? undefined : quoteCommand(command))
      return { messages: [{ role: 'user', content: { type: 'text', text: promptOf(named, sources, task) } }] }
    },
  )
}

function promptOf(check: string | undefined, sources: string | undefined, task: string | undefined): string {
  return [
    `Make this check pass: ${check ?? 'the one that the tool "check" runs by default'}.`,
    ...(task === undefined ? [] : [`Task: ${task}`]),
    ...(sources === undefined ? [] : [`Only these may change: ${sources}.`]),
    '1. Call the tool "check" to see what fails.',
    '2. Call the tool "fix" with the same check and the sources, or change the files yourself if the change is small.',
    '3. Call "check" again. You are done only if its exit code is 0; do not change tests or their configuration to get there.',
    'If the loop ends without a pass, report its reason and what still fails. "undo" takes its changes back.',
  ].join('\n')
}
