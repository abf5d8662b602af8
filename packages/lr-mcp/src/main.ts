import { resolve } from 'node:path'
import { type Call, defineCommand, ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import { OPTIONS, TOOLS, type ToolName } from './options.ts'
import { readPattern } from './policy/allowed-check.ts'
import type { Policy } from './policy/policy.ts'

export const main = defineCommand({
  usage: '[options]',
  summary: 'Offer checks and loops to editors and agents over the Model Context Protocol.',
  options: OPTIONS,
  operands: { max: 0 },
  needs: 'nothing',
  details: `
Speaks the Model Context Protocol on standard input and output, or over HTTP.
The tools: check runs a check; score scores a text; fix runs lr-loop, with
progress, and if the client cancels it, the run can be resumed; runs, show, diff
and undo work on earlier runs; stop decides whether a loop of the client ends.

Clients can access only DIR (-C; default: the current folder) and, if they name
roots, only the files in DIR that are also in a root. A check runs only if it
matches --allow-check, or if it is the check of an lr.yaml that you trust:
--config names it, or lr-loop trust recorded it. An untrusted lr.yaml is not
used. An --allow-check without * is the default check.

With --http, the first line of standard output is the address with the token.
Clients send the token in the address or as "Authorization: Bearer".

Exit codes: 0 the client ended the session · 2 invalid usage · 3 port in use

  lr-mcp -C ~/project --allow-check 'npm test' --print-config claude
`,
  async run(call, io) {
    const { options } = call
    const policy = readPolicy(options, io)
    if (options['print-config'] !== undefined) {
      const { writeClientConfig } = await import('./client-config.ts')
      await io.stdout.write(writeClientConfig(options['print-config'], call, io))
      return ExitStatus.Yes
    }
    if (options.http !== undefined) {
      const { serveHttp } = await import('./http/serve-http.ts')
      return serveHttp(options.http, options['token-file'], policy, io)
    }
    const { serveStdio } = await import('./serve-stdio.ts')
    return serveStdio(policy, io)
  },
})

/** @throws UsageError for a tool that does not exist, a pattern that cannot be read, or a token that nothing asks for */
function readPolicy(options: Call<typeof OPTIONS>['options'], io: Io): Policy {
  const { config, profile } = options
  if (options['token-file'] !== undefined && options.http === undefined) {
    throw new UsageError('option --token-file: only with --http (standard input and output need no token)')
  }
  return {
    root: io.cwd,
    allowedChecks: options['allow-check'].map(readPattern),
    model: options.model,
    tools: options.tools.length === 0 ? TOOLS : options.tools.flatMap((list) => list.split(',')).map(toTool),
    maxCalls: options['max-calls'],
    maxSeconds: options['max-time'] / 1000,
    maxCost: options['max-cost'],
    maxJobs: options['max-jobs'],
    config: config === undefined ? undefined : resolve(io.cwd, config),
    profile,
  }
}

function toTool(name: string): ToolName {
  const tool = TOOLS.find((known) => known === name.trim())
  if (tool === undefined) throw new UsageError(`option --tools: unknown tool "${name}" (known: ${TOOLS.join(', ')})`)
  return tool
}
